"""The project's article in every format: the same passages, whatever it comes in."""

import datetime
import sys
from contextlib import suppress
from pathlib import Path
from zipfile import ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.article import Article, read_article
from bot.article.formats import text_in
from bot.errors import BotError

# Made by LibreOffice, the PDF with running heads and feet and with words cut at line ends, and by
# hand as a news page is saved, with its menus, advertisements, sidebar and comments.
MADE = Path(__file__).parent / "data" / "formats"
CHAPTER = """<?xml version="1.0" encoding="utf-8"?>
<html xmlns="http://www.w3.org/1999/xhtml"><head><title>{0}</title></head><body>
<nav><a href="two.xhtml">Contents</a></nav>
<h2>{0}</h2><p>The {1} came <i>first</i>.<sup><a href="#n">1</a></sup></p>
<figure><img src="a.png"/><figcaption>A {1} [left] at work</figcaption></figure></body></html>"""
PACKAGE = """<?xml version="1.0"?><package xmlns:dc="urn:dc"><metadata><dc:title>Mills</dc:title>
<dc:creator>Ann Lee</dc:creator><dc:date>2019-05-04</dc:date></metadata><manifest>
<item id="a" href="one.xhtml"/><item id="b" href="two%20b.xhtml"/></manifest>
<spine><itemref idref="a"/><itemref idref="b"/></spine></package>"""


def told(article: Article) -> list[tuple[bool, str]]:
    return [(one.is_caption, one.text) for one in article.passages]


def sections(path: Path, content: str) -> list[tuple[str, str]]:
    path.write_text(content, encoding="utf-8")
    return [(one.heading, one.text) for one in read_article(path).passages]


@pytest.mark.parametrize("name", ["a.txt", "a.md", "article.html", "article.docx", "article.pdf"])
def test_the_article_has_the_same_passages_in_every_format(
    article: Article, article_path: Path, tmp_path: Path, name: str
) -> None:
    path = MADE / name
    if not path.exists():
        path = tmp_path / name
        path.write_bytes(article_path.read_bytes())
    found = read_article(path)

    assert (found.title, found.date) == (article.title, datetime.date(2025, 3, 3))
    assert found.author == ("Zhong Caiwen" if path.parent == MADE else "")
    assert told(found) == told(article)


@pytest.mark.parametrize("suffix", [".txt", ".html", ".pdf", ".docx", ""])
@pytest.mark.parametrize("name", ["article.html", "article.docx", "article.pdf"])
def test_a_wrong_suffix_is_found_out(
    article: Article, tmp_path: Path, name: str, suffix: str
) -> None:
    path = tmp_path / f"renamed{suffix}"
    path.write_bytes((MADE / name).read_bytes())

    assert told(read_article(path)) == told(article)


def test_a_text_with_the_suffix_of_another_format_is_read(tmp_path: Path) -> None:
    for suffix in (".pdf", ".docx", ".html"):
        path = tmp_path / f"tea{suffix}"
        path.write_text("Tea\n\nTea came first.", encoding="utf-8")
        assert told(read_article(path)) == [(False, "Tea came first.")]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-32", "cp1252", "utf-8-sig"])
def test_a_text_in_another_encoding_is_read(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "tea.txt"
    text = "Tea\r\n\r\nA cup costs £2 – “not much”, says Chloé.\r\n\r\nIn Orléans it’s €3."
    path.write_bytes(text.encode(encoding))

    assert told(read_article(path)) == [
        (False, "A cup costs £2 – “not much”, says Chloé."),
        (False, "In Orléans it’s €3."),
    ]


def pdf(*pages: str) -> bytes:
    """Return a PDF of these pages, each given by rows of left, height, size and text."""
    font = b"<</Font<</F<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>"
    objects = [b"", b""]
    for page in pages:
        rows = (line.split(maxsplit=3) for line in page.strip().splitlines())
        shown = "".join(f"BT /F {s} Tf {x} {y} Td ({text}) Tj ET " for x, y, s, text in rows)
        objects.append(b"<</Length %d>>stream\n%s\nendstream" % (len(shown), shown.encode()))
        own = (len(objects), font)
        objects.append(b"<</Type/Page/Parent 2 0 R/Contents %d 0 R/Resources%s>>" % own)
    kids = b" ".join(b"%d 0 R" % number for number in range(4, len(objects) + 1, 2))
    objects[0] = b"<</Type/Catalog/Pages 2 0 R>>"
    box = b"/MediaBox[0 0 400 300]"
    objects[1] = b"<</Type/Pages/Kids[%s]/Count %d%s>>" % (kids, len(pages), box)
    numbered = enumerate(objects, start=1)
    body = b"".join(b"%d 0 obj\n%s\nendobj\n" % one for one in numbered)
    return b"%PDF-1.4\n" + body + b"trailer\n<</Root 1 0 R>>\n"


def test_a_pdf_is_read_across_its_columns_and_pages(tmp_path: Path) -> None:
    path = tmp_path / "mill.pdf"
    path.write_bytes(
        pdf(
            """40 280 8 Oakford Papers 12
            40 250 20 The Mill of Oakford
            40 232 10 Beginnings . . . . . . . . . . . . 3
            40 210 12 Beginnings
            40 190 10 It stood on the river and was
            40 178 10 built well.
            107 178 10 Oak was car-
            220 190 10 ried down from Barton in the
            220 178 10 spring. Nobody knows who""",
            """40 280 8 Oakford Papers 13
            40 260 10 paid for it in Salt-
            40 248 10 ford. Some say Saltford did.
            40 220 10 It is a ruin now.""",
        )
    )
    found = read_article(path)

    assert found.title == "The Mill of Oakford"
    assert [(one.heading, one.text) for one in found.passages] == [
        (
            "Beginnings",
            "It stood on the river and was built well. Oak was carried down from Barton in"
            " the spring. Nobody knows who paid for it in Saltford. Some say Saltford did.",
        ),
        ("", "It is a ruin now."),
    ]


def test_a_pdf_of_equal_pages_keeps_what_they_say(tmp_path: Path) -> None:
    path = tmp_path / "mill.pdf"
    path.write_bytes(pdf(*["\n".join(f"40 {280 - 20 * i} 10 It is old." for i in range(9))] * 2))

    assert "It is old." in read_article(path).passages[0].text


def test_a_pdf_has_no_ligatures_and_no_heads_that_stand_side_by_side(tmp_path: Path) -> None:
    path = tmp_path / "mill.pdf"
    head = "40 280 8 12/05/24, 7:25 PM\n250 280 8 A mill"
    found = ["30 250 10 \\256nd the \\257our.", "90 250 10 They did."]
    path.write_bytes(pdf(*(f"{head}\n{one}" for one in found)))

    assert told(read_article(path)) == [(False, "find the flour."), (False, "They did.")]


def test_a_pdf_keeps_its_columns_and_the_words_with_much_room_between_them(tmp_path: Path) -> None:
    path = tmp_path / "mill.pdf"
    left = [
        *(
            "40 240 10 The wheel of the mill was",
            "40 228 10 made",
            "83 228 10 of",
            "116 228 10 elm",
        ),
        *("40 216 10 and", "77 216 10 it", "104 216 10 turned", "40 204 10 for a hundred years."),
    ]
    right = ["200 240 10 The miller had four", "200 228 10 daughters."]
    path.write_bytes(pdf("\n".join(left + right)))

    assert [one.text for one in read_article(path).passages] == [
        "The wheel of the mill was made of elm and it turned for a hundred years.",
        "The miller had four daughters.",
    ]


def test_a_pdf_keeps_the_rows_of_its_tables(tmp_path: Path) -> None:
    path = tmp_path / "mill.pdf"
    cells = [("Year", "Sacks", "Price"), ("1750", "90", "2d"), ("1800", "410", "3d")]
    rows = [
        f"{40 + 80 * i} {200 - 25 * j} 10 {c}"
        for j, row in enumerate(cells)
        for i, c in enumerate(row)
    ]
    lists = [
        f"{x} {120 - 15 * i} 10 {said}" for i in range(3) for x, said in ((40, "1."), (80, "Oak"))
    ]
    path.write_bytes(pdf("\n".join(["40 240 10 It ground rye for all of Oakford.", *rows, *lists])))

    assert told(read_article(path))[:2] == [
        (False, "It ground rye for all of Oakford."),
        (False, "Year: 1750; Sacks: 90; Price: 2d\nYear: 1800; Sacks: 410; Price: 3d"),
    ]
    assert "Oak:" not in read_article(path).passages[2].text


def test_a_book_is_read_in_its_order(tmp_path: Path) -> None:
    path = tmp_path / "mills.epub"
    with ZipFile(path, "w") as book:
        book.writestr("mimetype", "application/epub+zip")
        book.writestr("OEBPS/two b.xhtml", CHAPTER.format("Steam", "engine"))
        book.writestr("OEBPS/one.xhtml", CHAPTER.format("Water", "wheel"))
        book.writestr("OEBPS/content.opf", PACKAGE)
    found = read_article(path)

    assert (found.title, found.author, str(found.date)) == ("Mills", "Ann Lee", "2019-05-04")
    assert [(one.heading, one.is_caption, one.text) for one in found.passages] == [
        ("Water", False, "The wheel came first."),
        ("Water", True, "A wheel (left) at work"),
        ("Steam", False, "The engine came first."),
        ("Steam", True, "A engine (left) at work"),
    ]


def test_a_piece_of_a_page_is_read(tmp_path: Path) -> None:
    path = tmp_path / "tea.html"
    path.write_text("<h1>Tea</h1><p>It is a_b, 2*3*4 [sic].</p><p>And it is green.</p>")

    assert told(read_article(path)) == [
        (False, "It is a_b, 2*3*4 [sic]."),
        (False, "And it is green."),
    ]


@pytest.mark.parametrize("around", ["{}", '<div class="WordSection1">{}</div>', "<div>{}</div>"])
def test_a_page_of_a_word_processor_keeps_its_headings_and_lists(
    tmp_path: Path, around: str
) -> None:
    said = "<h1>Tea</h1><p>It is\ngreen.<sup><a href='#n'>1</a></sup></p><h2>Pots</h2>"
    said += "<p>They hold:</p><ul><li>Two cups of it.</li><li>Six cups of it.</li></ul>"
    said += "<h2>Cups</h2><p>They are of clay.</p>"
    page = f"<html><body>{around.format(said)}</body></html>"

    assert sections(tmp_path / "tea.html", page) == [
        ("", "It is green."),
        ("Pots\nThey hold:", "- Two cups of it.\n- Six cups of it."),
        ("Cups", "They are of clay."),
    ]


LAID_OUT = """<title>Tea</title><body><table><tr><td colspan=2>My pages</td></tr><tr>
<td><a href=a>Home</a><br><a href=b>Links</a></td><td><table><tr><td><h1>Tea</h1>
by Ann Lee, 5 May 2001</td></tr><tr><td><font size=2>It came from the east, and nobody knew it here
before.</font><p>Then <b>coffee</b> came, by ship as well.<h2>Prices</h2>A pot costs more than a cup
does.<br><br><b>Where</b><br><br>It is sold in Kirk Street.<table border=1><tr><td><td><b>Cup</b>
<td><b>Pot</b><tr><td>Green<td>1<td>4<tr><td>Black<td>2<td>5</table><p>Ask for more.</td></tr>
</table></td></tr><tr><td colspan=2>Visitor 204</td></tr></table>"""


def test_a_page_laid_out_in_tables_keeps_its_text_and_its_data(tmp_path: Path) -> None:
    path = tmp_path / "tea.html"

    assert sections(path, LAID_OUT) == [
        ("", "It came from the east, and nobody knew it here before."),
        ("", "Then coffee came, by ship as well."),
        ("Prices", "A pot costs more than a cup does."),
        ("Prices\nWhere", "It is sold in Kirk Street."),
        ("Prices\nWhere", "Green; Cup: 1; Pot: 4\nBlack; Cup: 2; Pot: 5"),
        ("Prices\nWhere", "Ask for more."),
    ]
    assert (read_article(path).author, str(read_article(path).date)) == ("Ann Lee", "2001-05-05")


def test_what_stands_between_headline_and_text_is_read(tmp_path: Path) -> None:
    path = tmp_path / "tea.html"
    long = "It is green, and so it was when it came from the east. " * 6
    before = "<p>A leaf won.</p><figure><figcaption>Ann at her pot.</figcaption></figure>"
    text = f"{before}<div class='article-body'><p>{long}</p><p>It is hot.</p></div><p>Tags</p>"
    path.write_text(f"<p>We use cookies.</p><article><h1>Tea</h1>{text}</article>")

    assert told(read_article(path)) == [
        (False, "A leaf won."),
        (True, "Ann at her pot."),
        (False, long.strip()),
        (False, "It is hot."),
    ]


def test_a_caption_has_its_credit_apart(tmp_path: Path) -> None:
    path = tmp_path / "tea.html"
    said = "Ann in her <i>café</i><cite>Photo: <a href='b'>Bo Li</a>, 2015</cite>"
    page = (
        f"<article><h1>Tea</h1><p>It is green.</p><figure><figcaption>{said}</figcaption></figure>"
    )
    path.write_text(page + "<p>It is hot.</p></article>", encoding="utf-8")

    assert told(read_article(path))[1] == (True, "Ann in her café Photo: Bo Li, 2015")


@pytest.mark.parametrize(
    ("name", "package"),
    [("article.html", "trafilatura"), ("article.docx", "mammoth"), ("article.pdf", "pdfminer")],
)
def test_a_missing_package_is_told_with_the_command_that_brings_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, package: str
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    for loaded in [one for one in sys.modules if one.partition(".")[0] == package]:
        monkeypatch.delitem(sys.modules, loaded)
    monkeypatch.setitem(sys.modules, package, None)
    with pytest.raises(BotError, match=rf"{name}.*{package}.*pip install -e '\.\[formats\]'"):
        read_article(MADE / name)


@given(
    st.sampled_from([b"", b"%PDF-1.4\n", b"<html>", b"PK\x03\x04word/document.xml"]), st.binary()
)
def test_any_bytes_are_a_text_or_one_clear_line(beginning: bytes, rest: bytes) -> None:
    with suppress(BotError):
        assert isinstance(text_in(beginning + rest, "a.html"), str)


def test_an_author_whom_only_the_data_of_a_page_names_stands_in_its_header(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_text(
        "<html><head><meta name='author' content='Sara Lind'></head><body><article><h1>Roofs</h1>"
        "<p>Lettuce grows on them all year, under glass, and is sold below.</p></article></body>"
    )

    assert read_article(path).header.text == "Roofs\nSara Lind"
