import datetime
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.article.article import MAX_WORDS, Article, Passage, read_article
from bot.errors import BotError

Write = Callable[[str], Path]


def test_the_header_line_gives_title_and_date(article: Article) -> None:
    assert article.title == "China committed to open sci-tech cooperation for benefits of all"
    assert article.date == datetime.date(2025, 3, 3)
    assert article.header.number == 0
    assert article.header.text == f"2025-03-03 {article.title}"


def test_the_other_blocks_are_numbered_passages(article: Article) -> None:
    assert [passage.number for passage in article.passages] == list(range(1, 12))
    assert article.passages[0].text.startswith("From the mountains of Indonesia")


def test_blocks_with_a_credit_are_captions(article: Article) -> None:
    assert [passage.number for passage in article.passages if passage.is_caption] == [2, 6, 11]


@pytest.mark.parametrize(
    ("ending", "is_caption"),
    [
        ("(Xinhua/Li Wei)", True),
        ("(Photo by Ann Lee)", True),
        ("(AP Photo/Ann Lee).", True),
        ("(Getty Images)", True),
        ("(and/or)", False),
        ("(see page 4)", False),
        ("(FAST)", False),
        ("(km/h)", False),
    ],
)
def test_only_a_credit_makes_a_caption(write_article: Write, ending: str, is_caption: bool) -> None:
    article = read_article(write_article(f"A title\n\nA street in the rain {ending}"))

    assert article.passages[0].is_caption is is_caption


def test_a_short_first_line_without_full_stop_is_the_title(write_article: Write) -> None:
    article = read_article(write_article("Tea and its rivals\n\nTea came first.\n\nThen coffee."))

    assert (article.title, article.date) == ("Tea and its rivals", None)
    assert [passage.text for passage in article.passages] == ["Tea came first.", "Then coffee."]
    assert article.passages[0].paragraph == 1


def test_without_a_title_the_file_name_stands_in(write_article: Write) -> None:
    article = read_article(write_article("Tea came first.\n\nThen coffee."))

    assert article.title == "some article"
    assert article.passages[0] == Passage(1, "Tea came first.", is_caption=False, paragraph=0)


def test_text_right_below_the_header_line_is_kept(write_article: Write) -> None:
    article = read_article(write_article("date 2024-02-29 Leap day\nIt came.\nIt went.\n"))

    assert (article.title, article.date) == ("Leap day", datetime.date(2024, 2, 29))
    assert [passage.text for passage in article.passages] == ["It came. It went."]


def test_a_day_that_does_not_exist_is_no_date(write_article: Write) -> None:
    article = read_article(write_article("date 2024-02-30 Odd day\n\nIt never came."))

    assert (article.title, article.date) == ("date 2024-02-30 Odd day", None)


def test_windows_line_ends_and_a_byte_order_mark_are_read(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes("\ufeffdate 2024-01-02 Über\r\n\r\nEins.\r\n\r\nZwei.\r\n".encode())
    article = read_article(path)

    assert article.title == "Über"
    assert [passage.text for passage in article.passages] == ["Eins.", "Zwei."]


def test_a_long_block_is_split_at_sentence_ends(write_article: Write) -> None:
    sentence = "This sentence has exactly nine words in it."
    article = read_article(write_article("A title\n\n" + " ".join([sentence] * 40)))
    pieces = [passage.text for passage in article.passages]

    assert len(pieces) == 3
    assert " ".join(pieces) == " ".join([sentence] * 40)
    assert all(piece.endswith("it.") for piece in pieces)
    assert all(len(piece.split()) <= MAX_WORDS + 9 for piece in pieces)
    assert {passage.paragraph for passage in article.passages} == {1}


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "is empty"),
        (b" \n\n\t\n", "is empty"),
        (b"date 2025-03-03 Only a title\n", "has a title only"),
        (b"\xff\xfe\x00A", "is not UTF-8 text"),
        (b"caf\xe9", "is not UTF-8 text"),
        (b"PK\x03\x04\x00\x00", "is not a text file"),
    ],
)
def test_a_file_without_text_is_refused_in_one_line(
    tmp_path: Path, content: bytes, said: str
) -> None:
    path = tmp_path / "bad.txt"
    path.write_bytes(content)

    with pytest.raises(BotError, match=said) as caught:
        read_article(path)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(("name", "said"), [("nowhere.txt", "There is no article"), ("", "read")])
def test_a_path_without_a_file_is_refused(tmp_path: Path, name: str, said: str) -> None:
    with pytest.raises(BotError, match=said):
        read_article(tmp_path / name)


def test_a_passage_is_found_by_its_number_only(article: Article) -> None:
    assert article.passage(0) == article.header
    assert article.passage(11) == article.passages[10]
    for number in (-1, 12):
        with pytest.raises(LookupError):
            article.passage(number)


@given(st.text(min_size=1, max_size=6000))
def test_any_text_is_read_or_refused(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    path = tmp_path_factory.mktemp("any") / "any.txt"
    path.write_text(text, encoding="utf-8", errors="ignore", newline="")
    try:
        article = read_article(path)
    except BotError:
        return

    assert article.passages
    assert len(article.title) <= 200
    for passage in article.passages:
        assert 0 < len(passage.text) <= 2000
        assert all(sentence in passage.text for sentence in passage.sentences)
