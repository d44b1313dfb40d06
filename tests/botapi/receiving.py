"""The methods by which the bot gets its updates: by polling, or by a webhook."""

import asyncio
import contextlib
import itertools

from telegram.constants import PollingLimit

from .faults import JSON, refusal
from .webhook import Webhook
from .world import World


async def get_updates(world: World, values: JSON) -> list[JSON]:
    timeout = values.get("timeout", 0)
    with world.changed:
        if world.webhook:
            said = "can't use getUpdates method while webhook is active; use deleteWebhook"
            raise refusal(f"{said} to delete the webhook first", 409)
        world.updates.allow(values.get("allowed_updates"))
        world.updates.confirm(values.get("offset", 0))
        world.changed.notify_all()
        poll = world.updates.begin_poll()
        if world.updates.pending or not timeout:
            world.updates.end_poll()
    with contextlib.suppress(TimeoutError):
        await asyncio.wait_for(poll, timeout or None)
    with world.changed:
        limit = values.get("limit", PollingLimit.MAX_LIMIT)
        return list(itertools.islice(world.updates.pending.values(), limit))


def set_webhook(world: World, values: JSON) -> bool:
    certificate = values.get("certificate", {}).get("body")
    limit = values.get("max_connections", 40)
    webhook = Webhook(values.get("url", ""), values.get("secret_token", ""), certificate, limit)
    delete_webhook(world, values)
    world.updates.allow(values.get("allowed_updates"))
    world.updates.end_poll(refusal("terminated by setWebhook request", 409))
    world.webhook = webhook
    world.wake()
    return True


def delete_webhook(world: World, values: JSON) -> bool:
    if values.get("drop_pending_updates"):
        world.updates.pending.clear()
    if world.webhook:
        world.webhook.close()
    world.webhook = None
    return True
