import datetime
import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.article import Article, read_article
from bot.article.article import BODY, OPENERS
from bot.article.passages import MAX_CHARACTERS, MAX_WORDS, pieces
from bot.article.reading import blocks
from bot.errors import BotError

Read = Callable[[str], Article]
# What Telegram lets a message hold, without room for the line that says where a passage stands.
MESSAGE = 4000


def told(article: Article) -> list[tuple[str, str]]:
    return [(passage.heading, passage.text) for passage in article.passages]


def test_the_first_line_gives_title_and_date_and_the_other_blocks_passages(
    article: Article,
) -> None:
    assert article.header.text == f"2025-03-03 {article.title}"
    assert (article.header.number, article.date) == (0, datetime.date(2025, 3, 3))
    assert [passage.number for passage in article.passages] == list(range(1, 12))
    assert [passage.paragraphs for passage in article.passages] == [(i,) for i in range(1, 12)]
    assert [passage.heading for passage in article.passages] == [""] * 11
    assert [one.number for one in article.passages if one.is_caption] == [2, 6, 11]


@pytest.mark.parametrize("title", ["Tea", "The Flood (1953)", "Why?", "“Tea!” he said", "茶的历史"])
@pytest.mark.parametrize(
    "text",
    [
        "{}\n\nIt came first.\n\nThen coffee.",
        "{}\nIt came first.\nThen coffee.",
        "{}\u2029It came first.\u2029Then coffee.",
        "{}\r\n\r\nIt came first.\r\n\r\nThen coffee.",
        "{}\n===\n\nIt came first.\n\nThen coffee.",
        "![a](b.jpg)\n\n# {}\n\nIt came first.\n\nThen coffee.",
        "2024-02-29 {}\nIt came first.\nThen coffee.",
        "---\ntitle: {}\n---\n\n# {}\n\nIt came first.\n\nThen coffee.",
        '---\ntitle: "{}"\ntags:\n- tea\n---\nIt came first.\n\nThen coffee.',
        "\ufeff{}\n\nIt came first.\n\n  \t\n\n\nThen coffee.\n\n",
    ],
)
def test_a_title_is_read_in_the_ways_that_people_write_one(
    read: Read, text: str, title: str
) -> None:
    article = read(text.replace("{}", title))

    assert (article.title, article.has_headline) == (title, True)
    assert told(article)[-2:] == [("", "It came first."), ("", "Then coffee.")]


@pytest.mark.parametrize(
    "first",
    [
        "Tea came first.",
        "2024-01-05 The committee met and closed the pier.",
        "A street in the rain (Photo by Ann Lee)",
        "- milk",
        "You need:",
    ],
)
def test_a_first_block_that_is_no_title_is_kept(read: Read, first: str) -> None:
    article = read(f"{first}\n\nThen came coffee, and it stayed.")

    assert (article.title, article.has_headline) == ("some article", False)
    assert first in "\n".join("\n".join(one) for one in told(article))


@pytest.mark.parametrize(
    ("lines", "author", "date", "outlet"),
    [
        ("By Ana Petrova, Staff Writer | March 3, 2025", "Ana Petrova", "2025-03-03", ""),
        ("By Jo Li and Max de Vries\n3rd May 2024", "Jo Li and Max de Vries", "2024-05-03", ""),
        ("The Harbour Times\n\nPublished on 4.3.2021", "", "2021-03-04", "The Harbour Times"),
        ("Written by H. Moss\n\nUpdated 2023-01-02 10:30", "H. Moss", "2023-01-02", ""),
        ("A sentence that sums it up.\n\nBy Jo Li", "Jo Li", "", ""),
        ("*Issued on 9 May 2022 by the parish*", "the parish", "2022-05-09", ""),
        ("On 9 May 2022 by the river a mill burnt.", "", "", ""),
        ("By Jo Li\n\n30.2.2023", "Jo Li", "", ""),
        ("By the river stood a mill.", "", "", ""),
        ("In March 2025 the king died.", "", "", ""),
    ],
)
def test_lines_about_the_article_are_told_apart(
    read: Read, lines: str, author: str, date: str, outlet: str
) -> None:
    article = read(f"Tea\n\n{lines}\n\nIt came first.\n\nThen came coffee.")

    assert (article.author, str(article.date or ""), article.outlet) == (author, date, outlet)
    assert bool(article.credits) == bool(author or date)
    assert all(line.text not in one.text for line in article.credits for one in article.passages)
    assert all(line.text in article.header.text for line in article.credits)


def test_what_stands_between_title_and_byline_is_a_passage_too(read: Read) -> None:
    article = read("Tea\n\nHow a leaf won\n\nBy Jo Li\n\nIt came first.")

    assert told(article) == [("How a leaf won", "It came first.")]
    assert article.header.paragraphs == (0, 2)


def test_what_the_head_says_again_is_no_heading(read: Read) -> None:
    about = "---\ntitle: The Tea\nauthor: Jo Li\n---"
    article = read(f"{about}\n\n# The Tea\n\nJo Li\n\n# The Tea\n\n## Leaves\n\nThey came.\n\nHot.")

    assert (article.author, article.outlet) == ("Jo Li", "")
    assert told(article) == [("Leaves", "They came."), ("", "Hot.")]


def test_a_report_tells_its_author_at_the_end_and_its_day_at_the_beginning(read: Read) -> None:
    article = read(
        "Tea\n\nROME, Italy, 5 May 2024 – It came.\n\n(Reporting by Jo Li; editing by X)"
    )

    assert (article.author, article.date) == ("Jo Li", datetime.date(2024, 5, 5))
    assert len(article.passages) == 2


def test_a_wall_is_cut_where_its_subject_turns() -> None:
    subjects = ["bread", "goat", "moon", "ship"]
    parts = [
        " ".join(f"The {one} has a {one} that likes {one}s {i} times." for i in range(11))
        for one in subjects
    ]

    assert pieces(" ".join(parts)) == parts


SOUNDS = st.lists(st.sampled_from(["a b. ", "word ", "x", "\n", "It is. "]), max_size=2000)


@given(st.text(max_size=9000) | SOUNDS.map("".join))
def test_pieces_are_all_of_a_text_and_no_longer_than_a_message_holds(text: str) -> None:
    found = pieces(text)

    assert "".join("".join(found).split()) == "".join(text.split())
    assert all(len(one.split()) <= 2 * MAX_WORDS for one in found)
    assert all(len(one) <= 2 * MAX_CHARACTERS for one in found)


ODD = """# A;## B b;Flat tyre;FLAT TYRE;Q: Who?;A: Me.;By Ann Lee;1 May 2024;- a;1. b;You need:;12;;
Share;***;---;===;**Bold**;con-;struction.;[12];It is so.;(Photo by Ann Lee);Photo: a;“No.”;a\tb;;
title: A;\u2028;\u2029;\f;date 2024-01-01 A;| a | b |;|--|--|;Why?;"""
LINES = st.sampled_from(ODD.replace("\n", "").split(";")) | st.text(max_size=60)
TEXTS = st.lists(LINES, max_size=40).map("\n".join) | st.text(max_size=3000)


@given(TEXTS)
@example("# A\nQ: Who?\n(Photo by Ann Lee)")
@example("# A\nQ: Who?\n\n(Photo by Ann Lee)\nFlat tyre\n\n12")
def test_any_text_is_read_whole_or_refused(
    tmp_path_factory: pytest.TempPathFactory, text: str
) -> None:
    path = tmp_path_factory.mktemp("any") / "any.txt"
    path.write_text(text, encoding="utf-8", errors="ignore", newline="")
    found = blocks(path.read_text(encoding="utf-8"))
    seen = re.sub(r"[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f]", "", path.read_text(encoding="utf-8"))

    assert "".join("".join(block.source for block in found).split()) == "".join(seen.split())
    assert all(letters(block.text) <= letters(block.source) for block in found)

    try:
        article = read_article(path)
    except BotError:
        return
    shown = letters("".join("".join([*one.headings, one.text]) for one in article.passages))

    assert 0 < len(article.title) <= 200
    assert all(letters(one.text) <= shown for one in found if one.kind in BODY + OPENERS)
    for passage in article.passages:
        assert 0 < len(passage.text + passage.heading) <= MESSAGE
        assert all(sentence in passage.text for sentence in passage.sentences)


def letters(text: str) -> Counter[str]:
    return Counter(sign for sign in text if sign.isalnum())


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "has no text"),
        (b" \n\n\t\n", "has no text"),
        (b"...!!! --- ???\n\n***\n", "has no text"),
        (b"date 2025-03-03 Only a title\n", "has no text"),
        (rb"{\rtf1\ansi Tea\par It is green.}", "is not plain text. Save it "),
        (b"a\0b", "is not plain text"),
        (b"PK\x03\x04\x00\x00", "is not plain text"),
        (b"PK\x03\x04 torn word/document.xml", "is damaged"),
        (b"%PDF-1.7 torn", "is damaged.* Save it "),
    ],
)
def test_a_file_without_text_is_refused_in_one_line(
    tmp_path: Path, content: bytes, said: str
) -> None:
    path = tmp_path / "bad.txt"
    path.write_bytes(content)

    with pytest.raises(BotError, match=rf"\A[^\n]*bad\.txt {said}[^\n]*\Z") as refused:
        read_article(path)
    assert refused.value.exit_code == 2
    with pytest.raises(BotError, match=rf"\A[^\n]*{re.escape(str(tmp_path))}[^\n]*\Z"):
        read_article(tmp_path)


def test_a_passage_is_found_by_its_number_only(article: Article) -> None:
    assert article.passage(0) == article.header
    assert article.passage(11) == article.passages[10]
    for number in (-1, 12):
        with pytest.raises(LookupError):
            article.passage(number)
