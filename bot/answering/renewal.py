"""Renewal: the articles read anew when their files change, while questions are answered."""

import asyncio
import logging
from collections.abc import Awaitable, Callable

from bot.answering.answerer import Answerer, indexed
from bot.article import Shelf
from bot.errors import BotError

_LOGGER = logging.getLogger(__name__)
# Between two looks at the files.
_SECONDS = 1.0


async def renew(
    shelf: Shelf, prepare: Callable[[Answerer], None], use: Callable[[Answerer], Awaitable[None]]
) -> None:
    """Read the articles anew, for ever, when that is due; what can't be read is logged and left.

    Beside the event loop *prepare* is called with what is to answer from now on; then *use* is
    awaited with it.
    """

    def read() -> Answerer:
        answerer = indexed(shelf.read())
        prepare(answerer)
        return answerer

    while True:
        await asyncio.sleep(_SECONDS)
        if not await asyncio.to_thread(shelf.is_due):
            continue
        try:
            answerer = await asyncio.to_thread(read)
            await use(answerer)
        except BotError as error:
            _LOGGER.error("Answering as before. %s", error)
        except Exception:  # whatever it was, the next change may mend it
            _LOGGER.exception("Answering as before: the articles could not be read anew")
        else:
            _LOGGER.info("Read anew: %s", ", ".join(answerer.article.titles))
