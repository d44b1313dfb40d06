"""Makes the picture at the top of README.md: pip install pillow; python tests/screenshot.py."""

import io
import os
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import Image

TESTS = Path(__file__).parent
os.environ["PYTHONPATH"] = str(TESTS.parent)
sys.path.insert(0, str(TESTS.parent))

from browsing import ask, chromium, served_page  # noqa: E402 - found beside this file

PICTURE = TESTS / "page.png"


def main() -> None:
    with (
        TemporaryDirectory() as folder,
        chromium() as browser,
        served_page(Path(folder), MEANING="on") as address,
    ):
        page = browser.new_page(viewport={"width": 1180, "height": 940}, locale="en-GB")
        page.goto(address)
        page.locator(".reply .chip").first.wait_for()
        reply = ask(page, "how many megawats is the wind farm?")
        reply.get_by_role("button", name="Why this answer").click()
        reply.locator(".best li").last.wait_for()
        page.mouse.move(0, 0)
        page.wait_for_timeout(1_000)
        picture = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
        # A third of the size, and the eye sees no difference.
        picture.quantize(256).save(PICTURE, optimize=True)


if __name__ == "__main__":
    main()
