import pytest
from botapi.html import parse_html
from hypothesis import given, settings
from hypothesis import strategies as st

from bot import words
from bot.answering.answers import Found, Guess, Passages
from bot.answering.blocks import Excerpt, Note, Plain, answer_blocks
from bot.article import Article, read_article
from bot.errors import BotError
from bot.telegram.rendering import article_html, blocks_html, fitted

TEXTS = st.text(min_size=1, max_size=3000) | st.builds(
    lambda sign, count: sign * count, st.sampled_from('<&😀́\u202e"a'), st.integers(1, 9000)
)

ONES, KEY = "One. " * 120, "Key " * 200 + "."
FOLD = "<blockquote expandable>"


def length(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


@settings(max_examples=60, deadline=None)
@given(TEXTS, TEXTS)
def test_any_article_is_shown_as_it_stands_within_the_limit(
    tmp_path_factory: pytest.TempPathFactory, title: str, text: str
) -> None:
    path = tmp_path_factory.mktemp("any") / "any.txt"
    path.write_text(f"date 2024-01-02 {title}\n\n{text}", encoding="utf-8", errors="ignore")
    try:
        article = read_article(path)
    except BotError:
        return
    for passage in (article.header, article.passages[-1]):
        key_sentence = passage.sentences[-1]
        blocks = answer_blocks(Guess((Found(passage, key_sentence, 0.0),)), article)
        shown, entities = parse_html(blocks_html(*blocks))
        above = f"{passage.heading}\n" if passage.heading else ""
        marked = [length(key_sentence)]
        if any(one["type"] == "expandable_blockquote" for one in entities):
            above, marked = f"{above}{key_sentence}\n", 2 * marked
        assert shown.startswith(f"{words.GUESS}\n\n{above}{passage.text}\n\n")
        assert length(shown) <= 4096
        assert marked == [e["length"] for e in entities if e["type"] == "bold"]

    messages = [parse_html(message)[0] for message in article_html(article)]
    assert all(0 < length(message) <= 4096 for message in messages)
    day = ["2 January 2024"] if article.date else []
    said = [article.title, *day]
    above: tuple[str, ...] = ()
    for passage in article.passages:
        said += [*(one for one in passage.headings if one not in above), passage.text]
        above = passage.headings
    assert "\n\n".join(messages) == "\n\n".join(said)


@given(st.sampled_from("<&😀x"), st.integers(2040, 4100), st.sampled_from([Plain, Note]))
def test_what_is_too_long_is_cut_and_what_fits_sent_as_it_is(
    sign: str, count: int, kind: type[Plain | Note]
) -> None:
    html = blocks_html(Note("About"), kind(sign * count))
    whole, said = parse_html(html)[0], parse_html(fitted(html))[0]

    assert (fitted(html) == html) == (length(whole) <= 4096)
    assert min(length(whole), 4095) <= length(said) <= 4096
    assert whole.startswith(said.removesuffix("…"))


def test_corrections_are_named_above_the_passage(article: Article) -> None:
    passage = article.passages[0]
    found = Found(passage, passage.sentences[0])
    answer = Passages((found,), ("harbour", "ferry", "isle"))

    assert "for harbour, ferry, isle.</i>" in blocks_html(*answer_blocks(answer, article))


@pytest.mark.parametrize(
    ("before", "mark", "after", "shown"),
    [
        (ONES, "Key.", " Two.", f"[Key.]\n> {ONES}[Key.] Two."),
        (f"{ONES}A ", "key", ", but b. Two.", f"A [key], but b.\n> {ONES}A [key], but b. Two."),
        ("", "Key.", f" {ONES}", f"[Key.]\n> {ONES}"),
        ("One. ", "Key.", " Two.", "One. [Key.] Two."),
        ("One. ", KEY, " Two.", f"One. [{KEY}] Two."),
    ],
)
def test_a_long_passage_is_folded_below_its_key_sentence(
    before: str, mark: str, after: str, shown: str
) -> None:
    drawn = blocks_html(Excerpt("", before, mark, after, "Passage 1"))
    for tag, sign in {"<b>": "[", "</b>": "]", FOLD: "> ", "</blockquote>": ""}.items():
        drawn = drawn.replace(tag, sign)

    assert drawn == f"{shown}\n\n<i>Passage 1</i>"
