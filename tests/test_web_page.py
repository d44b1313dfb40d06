"""The page as people have it before them, in a real browser without a screen."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from browsing import CHROMIUM, NO_CHROMIUM, ask, chromium, last_reply, served_page
from playwright.sync_api import Browser, Page, expect
from running import BotProcess

from bot.article import Article

if not CHROMIUM:
    pytest.skip(NO_CHROMIUM, allow_module_level=True)

MEGAWATTS = "how many megawatts does the wind farm have?"
MARKUP = "<img src=x onerror=alert(1)>"
TEA = f"""A history of tea

The first tea came to Ceylon in 1824, to a garden near Kandy that nobody visited. {MARKUP} it said.

Coffee had come there with the Dutch, long before, and was given up when a blight killed the trees.
"""
DROP = """(files) => {
  const data = new DataTransfer();
  for (const [name, text] of files) data.items.add(new File([text], name));
  document.body.dispatchEvent(new DragEvent("drop", { dataTransfer: data, bubbles: true }));
}"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as browser:
        yield browser


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory, browser: Browser) -> Iterator[str]:
    assert browser.is_connected()
    with served_page(tmp_path_factory.mktemp("web"), MEANING="on") as address:
        yield address


def opened(browser: Browser, address: str, **options: object) -> Iterator[Page]:
    """Open the page in a window of its own; it must make no trouble, nor call anything else."""
    context = browser.new_context(
        **({"viewport": {"width": 1200, "height": 800}} | options), reduced_motion="reduce"
    )
    context.set_default_timeout(10_000)
    page, trouble = context.new_page(), []
    # A call that is refused is told there, too.
    calls = "Failed to load resource"
    page.on("console", lambda said: said.text.startswith(calls) or trouble.append(said.text))
    page.on("pageerror", lambda error: trouble.append(str(error)))
    page.on("dialog", lambda dialog: trouble.append(dialog.message))
    page.on("request", lambda asked: asked.url.startswith(address) or trouble.append(asked.url))
    page.goto(address)
    page.locator(".reply .chip").first.wait_for()
    yield page
    context.close()
    assert trouble == []


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    yield from opened(browser, address)


@pytest.fixture
def narrow(browser: Browser, address: str) -> Iterator[Page]:
    yield from opened(browser, address, viewport={"width": 320, "height": 600})


def test_a_question_shows_its_passage_marked_here_and_lit_in_the_article(
    page: Page, article: Article
) -> None:
    reply = ask(page, MEGAWATTS)

    expect(reply.locator("mark")).to_have_text(re.compile("^Photo shows a 500 MW wind farm"))
    expect(reply.locator(".source")).to_have_text(
        f"Photo caption, passage 6 of 11 · {article.title}"
    )
    expect(page.locator("#article .lit")).to_have_text(article.passages[5].text)
    expect(page.locator("#article .lit")).to_be_in_viewport()
    assert "".join(reply.locator(".text").all_inner_texts()) == article.passages[5].text


def test_a_misspelt_word_is_told_and_a_follow_up_leans_on_it(page: Page) -> None:
    expect(ask(page, "how many megawats has it in egipt")).to_contain_text("Showing results for")
    expect(ask(page, "and in Tanzania?").locator("mark")).to_contain_text("Tanzania's")


def test_more_and_back_turn_the_reply_in_place_and_keep_the_focus(page: Page) -> None:
    reply = ask(page, "tell me about Egypt")
    first = reply.locator(".text").inner_text()
    reply.get_by_role("button", name="More (1)").press("Enter")

    assert reply.locator(".text").inner_text() != first
    expect(reply.get_by_role("button", name="Back")).to_be_focused()
    page.keyboard.press("Enter")
    assert reply.locator(".text").inner_text() == first
    expect(reply.get_by_role("button", name="More (1)")).to_be_focused()
    assert page.locator(".message").count() == 3


def test_the_entries_of_a_list_and_suggestions_are_tapped(page: Page) -> None:
    ask(page, "countries").get_by_role("button", name="Laos").click()

    expect(last_reply(page, "🇱🇦 Laos")).to_contain_text("Lancang bullet train")
    expect(ask(page, "how do i knit a scarf")).to_contain_text("doesn't answer that")
    page.get_by_role("button", name="Tell me about Indonesia").last.click()
    expect(last_reply(page, "Tell me about Indonesia")).to_contain_text("Jakarta-Bandung")


def test_what_the_article_underlines_is_tapped(page: Page) -> None:
    page.locator("#article").get_by_role("link", name="Tanzania", exact=True).first.click()

    expect(last_reply(page, "Tanzania")).to_contain_text("Small Bean")


def test_why_is_what_ask_explains(page: Page, bot: BotProcess) -> None:
    reply = ask(page, MEGAWATTS)
    button = reply.get_by_role("button", name="Why this answer")
    with page.expect_response("**/call/why") as answered:
        button.click()
    reply.locator(".best li").last.wait_for()
    asked = bot.run("ask", "--explain", "--json", MEGAWATTS, settings={"MEANING": "on"})

    assert answered.value.json() == json.loads(asked.stdout)
    expect(button).to_have_attribute("aria-expanded", "true")
    expect(reply.locator(".why")).to_contain_text("Asks for a number: passage 6 has 500.")
    expect(reply.locator(".asked-words li.same")).to_have_text(["megawatts", "wind", "farm"])
    expect(reply.locator(".best li")).to_have_count(5)
    widths = reply.locator(".best .bar").first.evaluate(
        "(bar) => [...bar.children].map((part) => part.getBoundingClientRect().width)"
    )
    assert all(width > 0 for width in widths)
    button.click()
    expect(reply.locator(".why")).to_be_hidden()


def test_a_dropped_article_is_talked_about_on_this_page_alone(
    page: Page, browser: Browser, address: str
) -> None:
    page.evaluate(DROP, [["tea.txt", TEA]])
    begun = last_reply(page, "tea.txt")

    expect(begun).to_contain_text("“A history of tea”")
    expect(page.locator("#subject")).to_have_text("A history of tea")
    expect(ask(page, "when did tea come to Ceylon?").locator("mark")).to_contain_text("1824")
    for other in opened(browser, address):
        expect(other.locator("#subject")).to_contain_text("China committed")


def test_an_article_is_chosen_by_the_keyboard_too(page: Page, tmp_path: Path) -> None:
    (tmp_path / "tea.md").write_text(TEA, encoding="utf-8")
    page.locator("header").press("Tab")
    with page.expect_file_chooser() as chooser:
        page.locator("#file").press("Enter")
    chooser.value.set_files(tmp_path / "tea.md")

    expect(last_reply(page, "tea.md")).to_contain_text("“A history of tea”")


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("nothing.txt", "", "The article nothing.txt has no text"),
        ("long.txt", "x" * (5 * 2**20 + 1), "That file has more than 5 MB."),
    ],
)
def test_a_file_that_cannot_be_read_is_told_in_one_line(
    page: Page, name: str, text: str, said: str
) -> None:
    page.evaluate(DROP, [[name, text]])

    expect(last_reply(page, name)).to_contain_text(said)
    expect(page.locator("#subject")).to_contain_text("China committed")


def test_of_several_articles_one_is_chosen(browser: Browser, tmp_path: Path) -> None:
    coffee = TEA.replace("tea", "coffee").replace("1824", "1740")
    (tmp_path / "tea.txt").write_text(TEA, encoding="utf-8")
    (tmp_path / "coffee.txt").write_text(coffee, encoding="utf-8")
    with served_page(tmp_path, MEANING="off", ARTICLE_PATH=str(tmp_path)) as several:
        for page in opened(browser, several):
            titles = ["A history of coffee", "A history of tea"]
            expect(page.locator("#article h2")).to_have_text(titles)
            ask(page, "/articles").get_by_role("button", name="A history of tea").click()
            reply = last_reply(page, "A history of tea")

            expect(reply).to_contain_text("I answer from this one alone")
            expect(page.locator("#article h2.lit")).to_have_text("A history of tea")
            expect(ask(page, "a garden near kandy").locator(".source")).to_contain_text("of tea")


def test_markup_is_text_in_questions_articles_and_names(page: Page) -> None:
    expect(ask(page, MARKUP)).to_be_visible()
    page.evaluate(DROP, [[f"{MARKUP}.txt", f"{MARKUP} of tea\n\n{TEA}"]])
    last_reply(page, f"{MARKUP}.txt")
    reply = ask(page, "when did tea come to Ceylon?")
    reply.get_by_role("button", name="Why this answer").click()

    expect(reply.locator(".why .key").first).to_be_visible()
    expect(reply.locator(".text")).to_contain_text(MARKUP)
    expect(page.locator("#article")).to_contain_text(f"{MARKUP} it said.")
    assert page.locator("main img, main script").count() == 0


def test_arrow_up_brings_the_last_question_back(page: Page) -> None:
    ask(page, "egypt")
    ask(page, "laos")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")

    expect(page.get_by_label("Your question")).to_have_value("egypt")
    page.keyboard.press("ArrowDown")
    expect(page.get_by_label("Your question")).to_have_value("laos")
    page.keyboard.press("ArrowDown")
    expect(page.get_by_label("Your question")).to_have_value("")


def test_the_keyboard_alone_does_for_everything(page: Page) -> None:
    page.keyboard.type("tell me about Egypt")
    page.keyboard.press("Enter")
    reply = last_reply(page, "tell me about Egypt")
    expect(page.get_by_label("Your question")).to_be_focused()
    for name in ("Why this answer", "More (1)"):
        page.keyboard.press("Shift+Tab")
        expect(reply.get_by_role("button", name=name)).to_be_focused()
    page.keyboard.press("Enter")
    expect(reply.get_by_role("button", name="Back")).to_be_focused()
    page.keyboard.press("Enter")
    expect(reply.get_by_role("button", name="More (1)")).to_be_focused()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1200, 320])
def test_axe_finds_nothing_to_mend(browser: Browser, address: str, scheme: str, width: int) -> None:
    options = {"color_scheme": scheme, "viewport": {"width": width, "height": 800}}
    for page in opened(browser, address, **options):
        ask(page, "countries")
        reply = ask(page, "wats in egipt and a zebra?")
        reply.get_by_role("button", name="Why this answer").click()
        reply.locator(".best li").last.wait_for()
        found = Axe().run(page)

        assert found.violations_count == 0, found.generate_report()


def test_dark_and_light_are_told_apart(browser: Browser, address: str) -> None:
    def brightness(page: Page) -> int:
        colour = page.evaluate("getComputedStyle(document.body).backgroundColor")
        return sum(map(int, re.findall(r"\d+", colour)[:3]))

    [dark] = [brightness(one) for one in opened(browser, address, color_scheme="dark")]
    [light] = [brightness(one) for one in opened(browser, address, color_scheme="light")]

    assert 3 * dark < light


def test_a_narrow_screen_has_the_article_in_a_tab_and_never_scrolls_sideways(narrow: Page) -> None:
    ask(narrow, "tell me about the Jakarta-Bandung High-Speed Railway")
    reply = ask(narrow, "x" * 300)
    reply.get_by_role("button", name="Why this answer").click()
    expect(narrow.locator("#article")).to_be_hidden()
    assert narrow.evaluate("document.documentElement.scrollWidth") == 320
    assert narrow.evaluate("document.getElementById('log').scrollWidth") <= 320
    narrow.get_by_role("button", name="Article", exact=True).click()

    expect(narrow.locator("#article .lit")).to_be_in_viewport()
    expect(narrow.locator("#chat")).to_be_hidden()
    assert narrow.evaluate("document.getElementById('article').scrollWidth") <= 320
    narrow.locator("#article").get_by_role("link", name="Egypt").first.click()
    expect(last_reply(narrow, "Egypt")).to_be_visible()


def test_a_bot_that_is_gone_is_told(page: Page) -> None:
    page.context.set_offline(True)

    expect(ask(page, MEGAWATTS)).to_contain_text("can't be reached")
    page.context.set_offline(False)
    expect(ask(page, MEGAWATTS)).to_contain_text("500 MW")
