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
_STYLES = "\n".join(
    f"p[style-name='{style}'] => {tag}:fresh"
    for style, tag in (("Title", "h1"), ("Subtitle", "p"), ("Caption", "figcaption"))
)


def html_text(content: bytes) -> str:
    """Return the article of a page, without the menus, the advertisements and the like around."""
    import trafilatura
    from trafilatura.settings import Document
    from trafilatura.xpaths import BODY_XPATH

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    tree = trafilatura.load_html(content)
    for figure in [] if tree is None else tree.xpath("//figure[.//figcaption]"):
        said = " ".join(" ".join(one.text_content() for one in figure.iter("figcaption")).split())
        tail = figure.tail
        figure.clear()
        figure.tag, figure.text, figure.tail = "p", _caption(said), tail
    page = trafilatura.bare_extraction(
        tree,
        include_comments=False,
        include_formatting=True,
        # Where nothing says which part is the article, as in what word processors save, headings
        # and lists are left out otherwise.
        favor_recall=tree is not None and not any(find(tree) for find in BODY_XPATH),
        with_metadata=True,
        # Any other day on a page may be another article's.
        date_extraction_params={"extensive_search": False, "original_date": True},
    )
    if not isinstance(page, Document):
        return ""
    about = {"title": page.title, "author": page.author, "outlet": page.sitename, "date": page.date}
    return _with_front_matter(about, re.sub(r"\\([^\w\s]|_)", r"\1", page.text or ""))


def docx_text(content: bytes) -> str:
    """Return the text of a Word document, without headers, footers and pictures."""
    import mammoth

    # Pictures would be written out in letters.
    unseen = mammoth.images.img_element(lambda _: {})
    html = mammoth.convert_to_html(BytesIO(content), style_map=_STYLES, convert_image=unseen).value
    return _markdown(re.sub(r'<a href="#[^"]*">↑</a>', "", html))


def epub_text(content: bytes) -> str:
    """Return the text of a book, chapter by chapter."""
    from bs4 import BeautifulSoup

    with ZipFile(BytesIO(content)) as book:
        path = next(name for name in book.namelist() if name.endswith(".opf"))
        package = BeautifulSoup(_unlabelled(book.read(path)), "html.parser")
        files = {item["id"]: unquote(str(item["href"])) for item in package.find_all("item")}
        places = [files[one["idref"]] for one in package.find_all("itemref")]
        chapters = [book.read(normpath(join(dirname(path), place))) for place in places]
    names = {"title": "dc:title", "author": "dc:creator", "date": "dc:date"}
    found = {name: package.find(tag) for name, tag in names.items()}
    about = {name: tag.get_text() for name, tag in found.items() if tag}
    text = "\n\n".join(_markdown(_unlabelled(one)) for one in chapters)
    return _with_front_matter(about, text)


def _unlabelled(xml: bytes) -> str:
    """Return XML without its first line, which the reader of HTML warns of."""
    return re.sub(r"\A\s*<\?xml.*?\?>", "", xml.decode("utf-8-sig"), flags=re.S)


def _markdown(html: str) -> str:
    from markdownify import MarkdownConverter

    class Converter(MarkdownConverter):
        def convert_figcaption(self, _: Any, text: str, parent_tags: Any) -> str:  # noqa: ARG002
            return f"\n\n{_caption(text)}\n\n"

        def convert_head(self, *_: Any, **__: Any) -> str:
            return ""

        convert_nav = convert_head

    written: str = Converter(
        heading_style="ATX",
        bullets="-",
        strip=["a", "img"],
        escape_asterisks=False,
        escape_underscores=False,
        table_infer_header=True,
    ).convert(html)
    return written


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
