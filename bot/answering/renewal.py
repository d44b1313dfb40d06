"""Renewal: the articles read anew when their files change, while questions are answered."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from contextlib import suppress

from bot.answering.answerer import Answerer, indexed
from bot.article import Shelf
from bot.errors import BotError

_LOGGER = logging.getLogger(__name__)
# Between two looks at the files; what changes between them is still being written.
_SECONDS = 1.0


async def renew(
    shelf: Shelf,
    prepare: Callable[[Answerer], None],
    use: Callable[[Answerer], Awaitable[None]],
    is_told: asyncio.Event,
) -> None:
    """Read the articles anew, for ever, when their files have changed or when told to.

    What can't be read is logged, and the questions are answered as before.

    Args:
        shelf: Has the articles, read already.
        prepare: Is called, beside the event loop, with what is to answer from now on.
        use: Is awaited with it then.
        is_told: Is set to have the articles read anew, whether they have changed or not.
    """
    known = seen = await asyncio.to_thread(shelf.stamp)
    while True:
        with suppress(TimeoutError):
            await asyncio.wait_for(is_told.wait(), _SECONDS)
        before, seen = seen, await asyncio.to_thread(shelf.stamp)
        if is_told.is_set() or known != seen == before:
            is_told.clear()
            known = seen
            await _renewed(shelf, prepare, use)


async def _renewed(
    shelf: Shelf, prepare: Callable[[Answerer], None], use: Callable[[Answerer], Awaitable[None]]
) -> None:
    def read() -> Answerer:
        answerer = indexed(shelf.read())
        prepare(answerer)
        return answerer

    try:
        answerer = await asyncio.to_thread(read)
        await use(answerer)
    except BotError as error:
        _LOGGER.error("Answering as before. %s", error)
    except Exception:  # whatever it was, the next change may mend it
        _LOGGER.exception("Answering as before: the articles could not be read anew")
    else:
        _LOGGER.info("Read anew: %s", ", ".join(answerer.article.titles))
