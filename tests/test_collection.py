"""Several articles: a folder of them read as one, asked together and one alone."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from botapi import BotApi
from hypothesis import given
from hypothesis import strategies as st
from running import BotProcess, serving_without_trouble

from bot import words
from bot.answering import Answerer
from bot.answering.answers import Found, shown
from bot.answering.conversation import Turn, answer_after
from bot.answering.explanation import explanation
from bot.answering.titles import Titles
from bot.article import Article, Shelf, read_article
from bot.errors import BotError
from bot.language.languages import ENGLISH
from bot.question import read_question
from bot.question.listings import Listing
from bot.terminal.chat import Chat

TEXTS = {
    "a-mill.txt": "The Mill at Oakford\n\nBy Ann Lee | May 4, 2019\n\n"
    "It opened in 1787 on the east bank.\n\nIts wheel is of elm, and Egypt sent the stones.",
    "b-ferry.md": "# Ferries of the Grey Sound\n\nBy Jo Moss\n\nThe first one opened its doors to "
    "passengers in 1911.\n\nA ticket costs nine euros.\n\n![A ferry in the rain](rain.jpg)",
    "c-tea.html": "<h1>Tea</h1><p>It reached England in 1657.</p><p>Its leaves are dried.</p>",
}
MILL, FERRY, TEA = "The Mill at Oakford", "Ferries of the Grey Sound", "Tea"


def put(folder: Path) -> Path:
    """Put the articles into a folder, between files that are none."""
    for name, text in TEXTS.items():
        (folder / name).write_text(text, encoding="utf-8")
    for name in (".b.txt", "._b.txt", "~$b.docx", "rain.jpg", "b.json"):
        (folder / name).write_bytes(b"\xff\xfe")
    (folder / "b_files.txt").mkdir()
    return folder


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return put(tmp_path_factory.mktemp("shelf"))


@pytest.fixture(scope="module")
def shelf(folder: Path) -> Answerer:
    return Answerer(Shelf(folder, pytest.fail).read())


def told(answerer: Answerer, found: tuple[Found, ...]) -> list[tuple[str, int]]:
    """Return the titles and own numbers of passages."""
    of = [(answerer.article.article_of(one.passage.number), one.passage) for one in found]
    return [(article.title, article.own_number(passage)) for article, passage in of]


def asked(answerer: Answerer, *questions: str) -> list[tuple[str, int]]:
    """Return the passages shown for the last of *questions*, asked one after the other."""
    turn = Turn()
    for question in questions:
        answer, turn = answer_after(answerer, question, turn)
    return told(answerer, shown(answer))


def test_a_folder_is_read_in_the_order_of_its_names(shelf: Answerer, folder: Path) -> None:
    article = shelf.article
    alone = [read_article(folder / name) for name in TEXTS]
    numbers = [-2, -1, 0, *range(1, len(article.passages) + 1)]

    assert [one.title for one in article.articles] == [MILL, FERRY, TEA]
    assert [article.passage(number).number for number in numbers] == numbers
    for one, own in zip(article.articles, alone, strict=True):
        assert [one.own_number(p) for p in one.passages] == [p.number for p in own.passages]
        assert article.passage(one.header.number).text == own.header.text
    for number in (-3, len(article.passages) + 1):
        with pytest.raises(LookupError):
            article.passage(number)


def test_a_bad_file_is_told_and_the_others_are_read(tmp_path: Path) -> None:
    (put(tmp_path) / "torn.pdf").write_bytes(b"%PDF-1.7 torn")
    (tmp_path / "empty.txt").touch()
    told: list[str] = []
    article = Shelf(tmp_path, told.append).read()

    assert len(article.articles) == 3
    assert [re.findall(r"[\w]+\.\w{3}\b", line) for line in told] == [["empty.txt"], ["torn.pdf"]]
    assert "\n" not in "".join(told)


@pytest.mark.parametrize("name", ["README.md", "readme.txt", "ReadMe.de.html"])
def test_a_readme_is_an_article_only_where_there_is_no_other(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("# About this folder\n\nIt has articles.")
    shelf = Shelf(tmp_path, pytest.fail)
    alone, stamp = shelf.read(), shelf.stamp()
    put(tmp_path)

    assert alone.title == "About this folder"
    assert shelf.stamp() != stamp
    assert [one.title for one in shelf.read().articles] == [MILL, FERRY, TEA]
    assert read_article(tmp_path / name) == alone == Shelf(tmp_path / name, pytest.fail).read()


@pytest.mark.parametrize("path", ["x" * 5000, "a\0b", "gone"])
def test_a_path_that_cannot_be_is_refused_in_one_line(path: str) -> None:
    shelf = Shelf(Path(path), pytest.fail)

    assert shelf.stamp() is None
    with pytest.raises(BotError, match=r"\A[^\n]+\Z"):
        shelf.read()


def test_one_article_in_a_folder_is_as_if_named(article: Article, article_path: Path) -> None:
    assert Shelf(article_path.parent, pytest.fail).read() == article


@pytest.mark.parametrize(("files", "said"), [([], "Put one there"), (["torn.pdf"], "torn.pdf")])
def test_a_folder_without_an_article_is_refused(
    tmp_path: Path, files: list[str], said: str
) -> None:
    for name in files:
        (tmp_path / name).write_bytes(b"%PDF-1.7 torn")
    with pytest.raises(BotError, match=rf"There is no article in .*{said}[^\n]*\Z") as caught:
        Shelf(tmp_path, pytest.fail).read()
    assert caught.value.exit_code == 2


@pytest.mark.parametrize(
    ("question", "passage"),
    [
        ("how much is a ticket", (FERRY, 2)),
        ("what did Egypt send", (MILL, 2)),
        ("in the article about ferries, when did it open", (FERRY, 1)),
        ("when did the mill at Oakford open", (MILL, 1)),
        ("what does the mill article say about its opening", (MILL, 1)),
        ("when did it arrive, in the tea article", (TEA, 1)),
        ("who wrote the article about ferries?", (FERRY, 0)),
        ("who wrote Ferries of the Grey Sound", (FERRY, 0)),
        ("tell me about the tea article", (TEA, 0)),
        ("the photo", (FERRY, 3)),
    ],
)
def test_a_question_is_answered_by_its_article(
    shelf: Answerer, question: str, passage: tuple[str, int]
) -> None:
    assert asked(shelf, question)[0] == passage


def test_a_question_stays_in_the_article_that_it_names(shelf: Answerer) -> None:
    assert not asked(shelf, "what does the tea article say about the price of a ticket")
    assert {title for title, _ in asked(shelf, "the ferries article on wheels and stones")} <= {
        FERRY
    }


def test_what_is_asked_of_the_article_is_told_of_each_or_of_the_one_shown(shelf: Answerer) -> None:
    assert asked(shelf, "who wrote this") == [(MILL, 0), (FERRY, 0)]
    assert asked(shelf, "how much is a ticket", "who wrote it?") == [(FERRY, 0)]
    assert asked(shelf, "passage 2") == [(MILL, 2), (FERRY, 2), (TEA, 2)]


def test_json_names_the_article_and_the_number_in_it(shelf: Answerer) -> None:
    [best, *_] = shelf.as_json("how much is a ticket")["passages"]  # type: ignore[misc]

    assert (best["article"], best["number"]) == (FERRY, 2)


def test_one_article_alone_knows_no_other(shelf: Answerer) -> None:
    listed = shelf.lists.every(Listing.ARTICLES)
    ferry = shelf.chosen(listed.topics[1].key)

    assert [topic.name for topic in listed.topics] == [MILL, FERRY, TEA]
    assert ferry is shelf.chosen(listed.topics[1].key)
    assert {title for title, _ in asked(ferry, "when did it open its doors")} == {FERRY}
    assert not ferry.lists.every(Listing.COUNTRIES).topics
    assert ferry.search.within(1, "when did it open") is None
    assert shelf.chosen("gone") is shelf


def test_a_later_article_alone_tells_its_countries(shelf: Answerer) -> None:
    tea = shelf.chosen(shelf.lists.every(Listing.ARTICLES).topics[2].key)

    assert told(tea, tea.lists.every(Listing.COUNTRIES).found) == [(TEA, 1)]
    assert asked(tea, "England") == [(TEA, 1)]
    assert asked(shelf, "England, in the tea article")[0] == (TEA, 1)


@given(st.lists(st.sampled_from(["the", "Tea", "article", "about", "Mill", "Oakford", "?"])))
def test_whatever_names_an_article_is_a_question_of_it(shelf: Answerer, said: list[str]) -> None:
    named = Titles(shelf.article.articles).named(read_question(" ".join(said)))

    assert named is None or "it" in named[1].tokens


@pytest.mark.parametrize(
    ("said", "of_several"),
    [
        (words.REFUSAL, "The articles don't answer"),
        (words.unmentioned(["Fiji"], 2), "The articles don't mention Fiji. They do mention 2"),
        (words.GUESS, "clear answer in the articles. The"),
        (words.LIKELY_GUESS, "that the articles answer this"),
        (words.listed("countries", 2, ""), "The articles mention 2"),
        (words.listed("photos", 2, ""), "The articles have 2"),
        (words.place(0, 1, is_caption=False), "The article's headline"),
    ],
)
def test_several_are_spoken_of_as_several(said: str, of_several: str) -> None:
    assert of_several in words.of_several(said)


def test_the_terminal_lists_the_articles_and_narrows_to_one(shelf: Answerer) -> None:
    def last(*lines: str) -> str:
        before = list(Chat(shelf).talk(lines[:-1]))
        return "\n".join(one.plain for one in list(Chat(shelf).talk(lines))[len(before) :])

    assert f"2. {FERRY}" in last("/articles")
    assert last("/articles", "2").startswith(f"{words.NARROWED}\n{FERRY}\nBy Jo Moss")
    assert last("/articles", "2", "3").startswith(f"{words.NARROWED}\n{TEA}\n")
    assert "Oakford" not in last("/articles", "2", "when did it open")
    assert "Oakford" not in last("/articles", "2", "/article")
    assert "Oakford" in last("/articles", "2", "/articles")
    assert f"2. {FERRY}" in last("/article")


def test_questions_about_one_article_are_not_put_to_several(bot: BotProcess, folder: Path) -> None:
    (bot.folder / "questions.json").write_text('{"questions": []}')
    ended = bot.run("--article", str(folder), "evaluate", "questions.json")

    assert (ended.returncode, ended.stderr) == (2, f"{words.SEVERAL_ARTICLES}\n")


@pytest.fixture(scope="module")
def library(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[BotApi]:
    """A Bot API served by a bot with the articles."""
    own = tmp_path_factory.mktemp("library")
    with (
        BotApi(token="123456789:TEST-token_of_35_letters_and_digits") as api,
        serving_without_trouble(api, own, ARTICLE_PATH=str(folder)),
    ):
        yield api


def test_an_explanation_numbers_passages_as_their_source_lines_do(shelf: Answerer) -> None:
    why = explanation(shelf, "what does a ticket cost", Turn())

    # The second of the ferries' comes after the mill's two.
    assert (why.passages[0].index + 1, why.places[0]) == (4, 2)


def test_telegram_lists_the_articles_and_narrows_to_one(library: BotApi) -> None:
    ada, ben = library.person(), library.person()
    countries, listed = ada.ask("/countries"), ada.ask("/articles")
    ada.tap(listed, FERRY)
    narrowed = ada.wait_for_reply()

    assert listed.buttons == [MILL, FERRY, TEA]
    assert narrowed.text.startswith(f"{words.NARROWED}\n\n{FERRY}\nBy Jo Moss")
    assert f"Passage 1 of 3 · {FERRY}" in narrowed.text
    assert "Oakford" not in ada.ask("when did the wheel open").text
    assert "Oakford" not in ada.ask("/article").text
    ada.tap(countries, "🇪🇬 Egypt")
    assert f"Passage 2 of 2 · {MILL}" in ada.wait_for_reply().text
    assert "doesn't mention" not in ben.ask("egypt").text
    assert ada.ask("/articles").buttons == listed.buttons
    assert f"Passage 2 of 2 · {MILL}" in ada.ask("egypt").text


def test_a_reply_to_a_passage_asks_about_that_of_its_article(library: BotApi) -> None:
    ada = library.person()
    passage = ada.ask("how much is a ticket")
    assert f"Passage 2 of 3 · {FERRY}" in ada.ask("how much is it?", reply_to=passage).text


def test_telegram_speaks_of_several(library: BotApi) -> None:
    ada = library.person()

    assert "The articles don't" in ada.ask("who won the football cup").text
    assert "what the articles are about" in ada.ask("what is a submarine's depth").text


@pytest.mark.parametrize("said", ["/help", "/nothing", "¿Cuál es el tema del artículo?", "hello"])
def test_nothing_speaks_of_several_as_of_one(library: BotApi, said: str) -> None:
    told = library.person().ask(said).text
    assert not re.search(r"\b(the|one) article\b", told, re.IGNORECASE)


def test_the_profile_of_several_speaks_of_several(library: BotApi) -> None:
    library.person().ask("hello")
    told = [str(call.parameters) for call in library.calls if call.method.startswith("setMy")]
    assert len(told) == 4
    assert not re.search(r"\b(the|one) article\b", " ".join(told), re.IGNORECASE)


def test_telegram_introduces_the_articles(library: BotApi) -> None:
    ada = library.person()

    assert f"3 articles:\n\n“{MILL}”, 4 May 2019\n“{FERRY}”\n" in ada.ask("/start").text
    assert "3 articles, 7 passages" in ada.ask("/about").text
    assert "/articles" in ada.ask("/help").text
    assert ada.ask("/article").buttons == [MILL, FERRY, TEA]


def test_the_language_is_that_of_most_articles(tmp_path: Path) -> None:
    german = "Die alte Mühle steht seit vielen Jahren am Ufer des Flusses und mahlt das Korn. "
    (put(tmp_path) / "a.txt").write_text("Die Mühle\n\n" + "\n\n".join([german * 10] * 20))
    for number in range(30):
        text = f"The bridge\n\nThe bridge number {number} was built over the river by the people. "
        (tmp_path / f"d{number}.txt").write_text(text + "It has been there for them since. " * 30)

    assert Answerer(Shelf(tmp_path, pytest.fail).read()).language == ENGLISH
