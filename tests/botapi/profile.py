"""The methods about the bot itself: its menus of commands and its descriptions."""

import json
import re
from typing import Any

from telegram.constants import BotCommandLimit, BotDescriptionLimit

from .faults import JSON, refusal
from .texts import utf16_length
from .world import World

_COMMAND = re.compile(rf"[a-z0-9_]{{1,{BotCommandLimit.MAX_COMMAND}}}")
_LIMITS = {
    "description": BotDescriptionLimit.MAX_DESCRIPTION_LENGTH,
    "short_description": BotDescriptionLimit.MAX_SHORT_DESCRIPTION_LENGTH,
}


def get_me(world: World, _values: JSON) -> JSON:
    may = ("can_join_groups", "can_read_all_group_messages", "supports_inline_queries")
    may += ("supports_guest_queries",)
    may_not = ("can_connect_to_business", "has_main_web_app")
    return world.user | dict.fromkeys(may, True) | dict.fromkeys(may_not, False)


def set_my_commands(world: World, values: JSON) -> bool:
    commands = values.get("commands", [])
    if len(commands) > BotCommandLimit.MAX_COMMAND_NUMBER:
        raise refusal("BOT_COMMANDS_TOO_MUCH")
    for command in commands:
        if not _COMMAND.fullmatch(command["command"]):
            raise refusal("BOT_COMMAND_INVALID")
        length = utf16_length(command["description"].strip())
        if not 1 <= length <= BotCommandLimit.MAX_DESCRIPTION:
            raise refusal("BOT_COMMAND_DESCRIPTION_INVALID")
    world.profile[_key("commands", values)] = commands
    return True


def get_my_commands(world: World, values: JSON) -> Any:
    return world.profile.get(_key("commands", values), [])


def set_text(world: World, values: JSON, *, name: str) -> bool:
    """Sets one of the bot's descriptions."""
    text = values.get(name, "").strip()
    if utf16_length(text) > _LIMITS[name]:
        raise refusal(f"{name.replace('_', ' ')} is too long")
    world.profile[_key(name, values)] = text
    return True


def get_text(world: World, values: JSON, *, name: str) -> JSON:
    """Returns one of the bot's descriptions."""
    return {name: world.profile.get(_key(name, values), "")}


def _key(name: str, values: JSON) -> tuple[str, str]:
    return name, json.dumps(values.get("scope", {"type": "default"}), sort_keys=True)
