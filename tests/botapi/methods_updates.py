"""The methods by which the bot gets its updates."""

from __future__ import annotations

import asyncio
import contextlib
import re
import ssl
from typing import Any
from urllib.parse import urlsplit

from .errors import JSON, bad_request, conflict
from .parameters import Parameters
from .world import World

MAXIMUM_UPDATES = 100
MAXIMUM_TIMEOUT = 50
_SECRET = re.compile(r"[A-Za-z0-9_-]*")
_LOCAL = ("127.0.0.1", "localhost", "::1")


async def get_updates(world: World, parameters: Parameters) -> list[JSON]:
    """getUpdates."""
    offset, limit = parameters.integer("offset"), parameters.integer("limit", MAXIMUM_UPDATES)
    timeout = min(max(parameters.integer("timeout"), 0), MAXIMUM_TIMEOUT)
    allowed = parameters.array("allowed_updates", "allowed updates")
    if not 1 <= limit <= MAXIMUM_UPDATES:
        limit = MAXIMUM_UPDATES
    with world.changed:
        if world.webhook:
            raise conflict(
                "can't use getUpdates method while webhook is active;"
                " use deleteWebhook to delete the webhook first"
            )
        world.updates.allow(allowed)
        world.updates.confirm_before(offset)
        world.changed.notify_all()
        poll = world.updates.begin_poll()
        if world.updates.pending or not timeout:
            world.updates.end_poll()
    with contextlib.suppress(TimeoutError):
        await asyncio.wait_for(poll, timeout or None)
    with world.changed:
        return world.updates.first(limit)


def set_webhook(world: World, parameters: Parameters) -> bool:
    """setWebhook."""
    url = parameters.text("url")
    secret = parameters.text("secret_token")
    limit = parameters.integer("max_connections", 40)
    allowed = parameters.array("allowed_updates", "allowed updates")
    if not url:
        return delete_webhook(world, parameters)
    _check_address(url)
    certificate = parameters.file("certificate")
    trusted = trusted_by(certificate) if certificate is not None else None
    if len(secret) > 256:
        raise bad_request("secret token is too long")
    if not _SECRET.fullmatch(secret):
        raise bad_request("secret token contains unallowed characters")
    world.updates.allow(allowed)
    _drop_pending(world, parameters)
    world.updates.end_poll(conflict("terminated by setWebhook request"))
    connections = limit if 1 <= limit <= 100 else 40
    world.webhook = {"url": url, "secret_token": secret, "max_connections": connections}
    world.webhook["trusted"] = trusted
    world.wake()
    return True


def delete_webhook(world: World, parameters: Parameters) -> bool:
    """deleteWebhook."""
    _drop_pending(world, parameters)
    world.webhook = {}
    return True


def get_webhook_info(world: World, _parameters: Parameters) -> JSON:
    """getWebhookInfo."""
    shown = ("url", "max_connections", "last_error_date", "last_error_message")
    info: JSON = {"url": ""}
    info["has_custom_certificate"] = world.webhook.get("trusted") is not None
    info["pending_update_count"] = len(world.updates.pending)
    info |= {name: world.webhook[name] for name in shown if name in world.webhook}
    if world.webhook:
        info["ip_address"] = "127.0.0.1"
    if world.updates.allowed_names:
        info["allowed_updates"] = world.updates.allowed_names
    return info


def _drop_pending(world: World, parameters: Parameters) -> None:
    if parameters.boolean("drop_pending_updates"):
        world.updates.forget(list(world.updates.pending))


def trusted_by(certificate: bytes) -> ssl.SSLContext:
    """Returns what trusts a webhook's own certificate, a PEM file, and no other."""
    try:
        return ssl.create_default_context(cadata=certificate.decode("ascii"))
    except (ValueError, ssl.SSLError):
        raise bad_request("bad webhook: can't use the certificate") from None


def _check_address(url: str) -> None:
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise bad_request("bad webhook: invalid webhook URL specified")
    if parts.scheme != "https" and parts.hostname not in _LOCAL:
        raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")


METHODS: dict[str, Any] = {
    "setWebhook": set_webhook,
    "deleteWebhook": delete_webhook,
    "getWebhookInfo": get_webhook_info,
}
