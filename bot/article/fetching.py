"""Fetching: the page at an address, once, then from the user's cache folder."""

import datetime
import logging
import time
from collections.abc import Callable
from contextlib import suppress
from hashlib import sha256
from typing import TYPE_CHECKING

from bot.article.article import Article
from bot.cache import folder, keep
from bot.errors import BotError
from bot.settings import BAD_PROXY

if TYPE_CHECKING:
    import httpx

# A page that says nothing of its encoding in its beginning is in that which the site says.
_HEAD = 4_000
_LOGGER = logging.getLogger(__name__)
_MOST_BYTES, _MOST_SECONDS = 20_000_000, 20.0


def fetched(
    address: str, read: Callable[[bytes], Article], anew: bool
) -> tuple[Article, datetime.date]:
    """Return what *read* makes of the page at *address*, and the day when that was fetched.

    It is fetched *anew* or the first time, and kept where it can be read; else raise a BotError.
    """
    name = sha256(address.encode()).hexdigest()
    path = folder() / f"{name}.page"
    if not anew:
        with suppress(OSError):
            day = datetime.date.fromtimestamp(path.stat().st_mtime)
            return read(path.read_bytes()), day
    content = _fetched(address)
    article = read(content)
    try:
        keep(path, [content])
    except OSError as error:
        _LOGGER.info("The article can't be kept: %s", error)
    return article, datetime.date.today()


def _fetched(address: str) -> bytes:
    from urllib.request import getproxies

    import httpx

    try:
        client = httpx.Client(follow_redirects=True, timeout=_MOST_SECONDS)
    except (ValueError, ImportError, httpx.InvalidURL):
        raise BotError(BAD_PROXY, 2) from None
    try:
        with client, client.stream("GET", address) as page:
            page.raise_for_status()
            return _bounded(page, time.monotonic() + _MOST_SECONDS)
    except httpx.HTTPStatusError as error:
        reason = f"{error.response.status_code} {error.response.reason_phrase}"
    except (TimeoutError, httpx.TimeoutException):
        reason = f"it takes more than {_MOST_SECONDS:.0f} seconds"
    except (ValueError, httpx.HTTPError, httpx.InvalidURL) as error:
        reason = str(error).rstrip(".") or type(error).__name__
    what = "address and the proxy" if getproxies().keys() & {"http", "https", "all"} else "address"
    raise BotError(f"The article {address} can't be fetched: {reason}. Check the {what}.")


def _bounded(page: "httpx.Response", deadline: float) -> bytes:
    content = bytearray()
    for part in page.iter_bytes():
        content += part
        if len(content) > _MOST_BYTES:
            raise ValueError(f"it has more than {_MOST_BYTES // 1_000_000} MB")
        if time.monotonic() > deadline:
            raise TimeoutError
    if page.charset_encoding and b"charset" not in content[:_HEAD].lower():
        return content.decode(page.charset_encoding, "replace").encode()
    return bytes(content)
