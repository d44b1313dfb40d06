"""Markup: pages, Word documents and books, which all are HTML on the way, as markdown."""

import logging
import re
from collections.abc import Mapping
from io import BytesIO
from posixpath import dirname, join, normpath
from typing import Any
from urllib.parse import unquote
from zipfile import ZipFile

# What Word's styles are in HTML, where that isn't known anyway.
_STYLES = """p[style-name='Title'] => h1:fresh
p[style-name='Subtitle'] => p:fresh
p[style-name='Caption'] => figcaption:fresh"""

# A table with so much in a cell, another table or headings only lays out the page.
_LAYOUT = "//table[not(tr/th or */tr/th)][.//table or .//h1 or .//h2 or .//td[string-length()>300]]"
# How trafilatura keeps apart what these are; of what is bold or the like only a line of its own.
_RETAGGED = (
    (f"{_LAYOUT}/tr/td|{_LAYOUT}/tbody/tr/td", "section"),
    (f"{_LAYOUT}|{_LAYOUT}/tbody|{_LAYOUT}/tr|{_LAYOUT}/tbody/tr", "div"),
    ("//table[not(.//th)]//tr[1][td[2]][not(td[normalize-space() and not(.//b)])]/td", "th"),
    ("//*[self::b or self::strong][normalize-space(following-sibling::node()[1])]", "span"),
    ("//i|//em|//u|//sup|//sub", "span"),
)
# The innermost part of a page that has its headline and so much of its texts is the article.
_TEXTS = "text()[normalize-space()][not(ancestor::a or ancestor::script or ancestor::style)]"
_MAIN = f"//*[self::div or self::section][count(.//{_TEXTS})>0.6*$all][.//h1 or not(//h1)]"
# Between headline and text there may be a summary and a picture.
_LEAD = "preceding::p[preceding::h1][ancestor::article or ancestor::main]"


def html_text(content: bytes) -> str:
    """Return the article of a page, without the menus, the advertisements and the like around."""
    import trafilatura
    from trafilatura.settings import Document

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    tree = trafilatura.load_html(content)
    page = tree is not None and trafilatura.bare_extraction(
        _prepared(tree),
        include_comments=False,
        include_formatting=True,
        with_metadata=True,
        # Any other day on a page may be another article's.
        date_extraction_params={"extensive_search": False, "original_date": True},
    )
    if not isinstance(page, Document):
        return ""
    about = {"title": page.title, "author": page.author, "outlet": page.sitename, "date": page.date}
    return _with_front_matter(about, re.sub(r"\\([^\w\s]|_)", r"\1", page.text or ""))


def _prepared(tree: Any) -> Any:
    """Return a page with what trafilatura would leave out or take apart as it keeps it."""
    from trafilatura.xpaths import BODY_XPATH

    for text in tree.xpath("//text()[not(ancestor::pre)]"):
        said = re.sub(r"\s+", " ", text)
        setattr(text.getparent(), "tail" if text.is_tail else "text", said)
    for mark in tree.xpath("//sup[.//a or ancestor::a]|//a[contains(@href, '#')]"):
        if not re.search(r"[^\W\d_]", mark.text_content()):
            mark.drop_tree()
    for found, tag in [(tree.xpath(path), tag) for path, tag in _RETAGGED]:
        for one in found:
            one.tag = tag
    for figure in tree.xpath("//figure[.//figcaption]"):
        said = re.sub(r" (?=[.,;:!?)])", "", " ".join(figure.xpath(".//figcaption//text()")))
        tail = figure.tail
        figure.clear()
        figure.tag, figure.text, figure.tail = "p", _caption(said), tail
    # Text right in a part is lost, but not behind a line end.
    for part in tree.iter("section"):
        line = part.makeelement("br")
        line.tail, part.text = part.text, None
        part.insert(0, line)
    parts = [part for find in BODY_XPATH for part in find(tree)]
    for lead in reversed(parts[0].xpath(_LEAD) if parts else []):
        parts[0].insert(0, lead)
    if not parts:
        found = tree.xpath(_MAIN, all=tree.xpath(f"count(//body//{_TEXTS})"))
        [tree, *tree.iter("body"), *found][-1].tag = "article"
    return tree


def docx_text(content: bytes) -> str:
    """Return the text of a Word document, without headers, footers and pictures."""
    import mammoth

    # Pictures would be written out in letters.
    unseen = mammoth.images.img_element(lambda _: {})
    html = mammoth.convert_to_html(BytesIO(content), style_map=_STYLES, convert_image=unseen).value
    return _markdown(html)


def epub_text(content: bytes) -> str:
    """Return the text of a book, chapter by chapter."""
    from bs4 import BeautifulSoup

    with ZipFile(BytesIO(content)) as book:
        path = next(name for name in book.namelist() if name.endswith(".opf"))
        package = BeautifulSoup(book.read(path), "xml")
        files = {item["id"]: unquote(str(item["href"])) for item in package.find_all("item")}
        places = [files[one["idref"]] for one in package.find_all("itemref")]
        chapters = [book.read(normpath(join(dirname(path), place))) for place in places]
    names = {"title": "dc:title", "author": "dc:creator", "date": "dc:date"}
    about = {name: tag.get_text() for name, one in names.items() if (tag := package.find(one))}
    return _with_front_matter(about, "\n\n".join(map(_markdown, chapters)))


def _markdown(html: str | bytes) -> str:
    from bs4 import BeautifulSoup
    from markdownify import MarkdownConverter

    soup = BeautifulSoup(html, "html.parser")
    for one in soup.select("nav, sup:has(a), a[href*='#']"):
        if one.name == "nav" or not re.search(r"[^\W\d_]", one.get_text()):
            one.decompose()
    for caption in soup.select("figcaption"):
        caption.name, caption.string = "p", _caption(caption.get_text())
    converter = MarkdownConverter(
        heading_style="ATX",
        bullets="-",
        strip=["a", "img"],
        escape_asterisks=False,
        escape_underscores=False,
        table_infer_header=True,
    )
    return str(converter.convert_soup(soup.body or soup))


def _caption(text: str) -> str:
    # An image to markdown, whose description has no brackets.
    described = " ".join(text.split()).translate(str.maketrans("[]", "()"))
    return f"![{described}](figure)"


def _with_front_matter(about: Mapping[str, str | None], text: str) -> str:
    told = {name: " ".join(said.split()) for name, said in about.items() if said}
    # Without it the first heading would be taken for the title.
    title = f"# {told['title']}\n\n" if "title" in told and not text.startswith("# ") else ""
    rows = "".join(f"{name}: {said}\n" for name, said in told.items())
    return f"---\n{rows}---\n\n{title}{text}"
