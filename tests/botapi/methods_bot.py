"""The methods about the bot itself and about chats."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

from .errors import JSON, bad_request
from .links import utf16_length
from .parameters import Parameters
from .world import World

MAXIMUM_COMMANDS = 100
_COMMAND = re.compile(r"[a-z0-9_]{1,32}")
_LANGUAGE = re.compile(r"(?:[a-z]{2})?")
_CHAT_SCOPES = ("chat", "chat_administrators", "chat_member")
_SCOPES = (
    "default",
    "all_private_chats",
    "all_group_chats",
    "all_chat_administrators",
    *_CHAT_SCOPES,
)
_GIFTS = "unlimited_gifts limited_gifts unique_gifts premium_subscription gifts_from_channels"


def get_me(world: World, _parameters: Parameters) -> JSON:
    """getMe."""
    flags = {
        "can_join_groups": True,
        "can_read_all_group_messages": True,
        "supports_inline_queries": True,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }
    return world.user | flags


def succeed(_world: World, _parameters: Parameters) -> bool:
    """logOut and close."""
    return True


def get_chat(world: World, parameters: Parameters) -> JSON:
    """getChat."""
    chat = world.find_chat(parameters.values.get("chat_id"))
    gifts = dict.fromkeys(_GIFTS.split(), False)
    full = {"accent_color_id": 0, "max_reaction_count": 11, "accepted_gift_types": gifts}
    return chat.data | full


def get_chat_member(world: World, parameters: Parameters) -> JSON:
    """getChatMember."""
    chat = world.find_chat(parameters.values.get("chat_id"))
    number = parameters.integer("user_id")
    status = chat.members.get(number)
    person = world.persons.get(number)
    user = world.user if number == world.user["id"] else person and person.user
    if user is None:
        raise bad_request("user not found")
    member: JSON = {"user": user, "status": status or "left"}
    if status == "administrator":
        rights = "manage_chat delete_messages manage_video_chats restrict_members"
        rights += " promote_members change_info invite_users post_stories edit_stories"
        rights += " delete_stories"
        member |= {f"can_{right}": False for right in rights.split()}
        member |= {"can_be_edited": False, "is_anonymous": False}
    elif status == "creator":
        member["is_anonymous"] = False
    elif status == "kicked":
        member["until_date"] = 0
    return member


def set_my_commands(world: World, parameters: Parameters) -> bool:
    """setMyCommands."""
    commands = parameters.array("commands", "BotCommand") or []
    if len(commands) > MAXIMUM_COMMANDS:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    for command in commands:
        if not isinstance(command, dict):
            raise bad_request("expected an Array of BotCommand")
        name, description = command.get("command"), command.get("description")
        if not isinstance(name, str) or not _COMMAND.fullmatch(name):
            raise bad_request("BOT_COMMAND_INVALID")
        if not isinstance(description, str) or not 1 <= utf16_length(description.strip()) <= 256:
            raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    key = _commands_key(world, parameters)
    if commands:
        world.commands[key] = [
            {name: command[name] for name in ("command", "description")} for command in commands
        ]
    else:
        world.commands.pop(key, None)
    return True


def get_my_commands(world: World, parameters: Parameters) -> list[JSON]:
    """getMyCommands."""
    return world.commands.get(_commands_key(world, parameters), [])


def delete_my_commands(world: World, parameters: Parameters) -> bool:
    """deleteMyCommands."""
    world.commands.pop(_commands_key(world, parameters), None)
    return True


def _commands_key(world: World, parameters: Parameters) -> tuple[str, str]:
    scope = parameters.mapping("scope", "BotCommandScope") or {"type": "default"}
    if scope.get("type") not in _SCOPES:
        raise bad_request("can't parse BotCommandScope: Unsupported type specified")
    if scope["type"] in _CHAT_SCOPES:
        scope = scope | {"chat_id": world.find_chat(scope.get("chat_id")).id}
    return json.dumps(scope, sort_keys=True), _language(parameters)


def _language(parameters: Parameters) -> str:
    language = parameters.text("language_code")
    if not _LANGUAGE.fullmatch(language):
        raise bad_request("invalid language code specified")
    return language


def _profile_methods(title: str, name: str, limit: int) -> JSON:
    def setter(world: World, parameters: Parameters) -> bool:
        text = parameters.text(name).strip()
        if utf16_length(text) > limit:
            raise bad_request(f"{name.replace('_', ' ')} is too long")
        key = (name, _language(parameters))
        if text or (name == "name" and not key[1]):
            world.profile[key] = text or world.user["first_name"]
        else:
            world.profile.pop(key, None)
        return True

    def getter(world: World, parameters: Parameters) -> JSON:
        default = world.profile.get((name, ""), "")
        return {name: world.profile.get((name, _language(parameters)), default)}

    return {f"setMy{title}": setter, f"getMy{title}": getter}


METHODS: dict[str, Callable[[World, Parameters], Any]] = {
    "getMe": get_me,
    "logOut": succeed,
    "close": succeed,
    "getChat": get_chat,
    "getChatMember": get_chat_member,
    "setMyCommands": set_my_commands,
    "getMyCommands": get_my_commands,
    "deleteMyCommands": delete_my_commands,
    **_profile_methods("Name", "name", 64),
    **_profile_methods("Description", "description", 512),
    **_profile_methods("ShortDescription", "short_description", 120),
}
