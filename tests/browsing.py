"""A headless Chromium, and the bot's page in it."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Locator, Page, sync_playwright
from running import BotProcess

# Without these it looks for Google's hosts at every start; root needs the first.
_FLAGS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
).split()
_NAMES = ("chromium", "chromium-browser", "google-chrome")
CHROMIUM = next(filter(None, map(shutil.which, _NAMES)), None)
NO_CHROMIUM = "The page is not tested: no Chromium is installed (apt-get install chromium)."


@contextmanager
def chromium() -> Iterator[Browser]:
    """Run the browser in the context."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=_FLAGS)
        yield browser
        browser.close()


@contextmanager
def served_page(folder: Path, **settings: str) -> Iterator[str]:
    """Have the bot serve its page in the context, and give its address."""
    bot = BotProcess(folder)
    try:
        process = bot.start("web", "--no-browser", "--port", "0", settings=settings)
        assert process.stdout
        yield process.stdout.readline().split()[4]
        code, logged = bot.stop(process)
    finally:
        bot.end()
    assert (code, "Traceback" in logged) == (0, False), logged


def ask(page: Page, question: str) -> Locator:
    """Type a question, and return the reply to it once it is there."""
    page.get_by_label("Your question").fill(question)
    page.keyboard.press("Enter")
    return last_reply(page, question)


def last_reply(page: Page, said: str) -> Locator:
    """Return the reply to what was said last, once it is there."""
    page.locator(".mine .said").last.get_by_text(said, exact=True).wait_for()
    reply = page.locator(".message").last
    reply.locator("time:not(:empty)").wait_for()
    return reply
