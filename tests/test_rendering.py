import datetime
from collections.abc import Callable
from pathlib import Path

import pytest
from botapi.html import parse_html
from hypothesis import given, settings
from hypothesis import strategies as st

from bot import words
from bot.article import Article, Passage, read_article
from bot.errors import BotError
from bot.telegram import rendering

LIMIT = 4096


def units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def test_the_key_sentence_is_bold_and_the_source_stands_below(article: Article) -> None:
    passage = article.passage(7)
    html = rendering.passage_html(article, passage, passage.sentences[1])

    assert html.count("<b>") == 1
    assert "<b>Such strides reflect a deliberate philosophy" in html
    assert html.endswith(f"<i>Passage 7 of 11 · {article.title}</i>")


def test_what_the_article_says_is_escaped() -> None:
    text = 'Use <b> & "quotes". It\'s <i>so</i>.'
    article = Article("<title>", None, (Passage(1, text, is_caption=False, paragraph=1),))
    html = rendering.passage_html(article, article.passage(1), 'Use <b> & "quotes".')

    assert html.startswith("<b>Use &lt;b&gt; &amp; ")
    assert "&lt;i&gt;so&lt;/i&gt;" in html
    assert "&lt;title&gt;" in html


def test_the_whole_article_ends_messages_where_paragraphs_end(
    write_article: Callable[[str], Path],
) -> None:
    paragraphs = [f"{number} " + "word & word " * 60 for number in range(30)]
    article = read_article(write_article("date 2024-01-02 A <title>\n\n" + "\n\n".join(paragraphs)))
    messages = rendering.article_html(article)

    assert len(messages) > 1
    assert messages[0].startswith("<b>A &lt;title&gt;</b>\n\n2 January 2024\n\n0 word")
    shown = "\n\n".join(messages).split("\n\n")[2:]
    assert shown == [passage.text.replace("&", "&amp;") for passage in article.passages]


TEXTS = st.text(min_size=1, max_size=3000) | st.builds(
    lambda sign, count: sign * count, st.sampled_from('<&😀́\u202e"a'), st.integers(1, 9000)
)


@settings(max_examples=60, deadline=None)
@given(TEXTS, TEXTS)
def test_any_article_renders_as_valid_html_within_the_limit(
    tmp_path_factory: pytest.TempPathFactory, title: str, text: str
) -> None:
    path = tmp_path_factory.mktemp("any") / "any.txt"
    path.write_text(f"date 2024-01-02 {title}\n\n{text}", encoding="utf-8", errors="ignore")
    try:
        article = read_article(path)
    except BotError:
        return

    passage = article.passages[-1]
    messages = [
        *rendering.article_html(article),
        rendering.passage_html(article, passage, passage.sentences[-1]),
        rendering.passage_html(article, article.header, article.header.sentences[0]),
        rendering.noted_html(words.GUESS, rendering.passage_html(article, passage, passage.text)),
    ]
    for message in messages:
        shown, _ = parse_html(message)
        assert 0 < units(shown) <= LIMIT


def test_dates_are_written_out() -> None:
    article = Article("T", datetime.date(2025, 3, 3), (Passage(1, "x", False, 1),))

    assert "3 March 2025" in rendering.article_html(article)[0]
