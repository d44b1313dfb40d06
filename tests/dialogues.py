"""What people say one message after the other, and what the last reply to it says in every face."""

import re

from bot import words


def only(text: str) -> str:
    return f"^{re.escape(text)}$"


MEGAWATTS = "how many megawatts is the wind farm"
INDONESIA = "what is China doing in Indonesia?"
OPENING = "From the mountains of Indonesia"
DIALOGUES = [
    (["/help"], "in your own words.*" + ".*".join(f"/{name}" for name in words.COMMANDS)),
    (["/HELP"], "in your own words"),
    (["/about"], "China committed .* 11 passages"),
    (["/weather <b>"], "^I don't know /weather.*/help"),
    (["/ask egypt"], "500 MW"),
    (["/ask"], only(words.ASK_WHAT)),
    (["/start"], "^Hello! .*China committed"),
    (["/countries africa"], r"2 countries \(Africa\).*Egypt.*Tanzania$"),
    (["/projects vietnam"], "^The article doesn't mention Vietnam."),
    (["high-speed rail in Vietnam"], "^The article doesn't mention Vietnam. It.*Laos$"),
    ([MEGAWATTS], "^Photo shows a 500 MW wind farm.*Photo caption, passage 6 of 11"),
    (["what is this article about?"], f"^2025-03-03 China committed.*{OPENING}"),
    (["wats going on in tanzanai"], r"^Showing results for Tanzania\.\n\nFrom the"),
    (["how long is the china-laos railway"], f"^{re.escape(words.GUESS)}\n\nA Lancang"),
    (["how do i boil an egg"], only(words.REFUSAL)),
    (["thanks a lot!"], only(words.SMALL_TALK["thanks"])),
    (["что это?"], only(words.foreign("English"))),
    (["¿Cuál es el tema del artículo?"], only(words.foreign("English"))),
    (["这是什么"], only(words.foreign("English"))),
    ([INDONESIA, "and in Egypt?"], "500 MW"),
    ([INDONESIA, "and in Egypt?", "how big is it?"], "500 MW"),
    (["egypt", "tell me more"], f"^{OPENING}"),
    (["egypt", "tell me more", "more"], only(words.SMALL_TALK["enough"])),
    (["egypt", "qwertyuiop", "more"], only(words.SMALL_TALK["enough"])),
]
