"""Conversations with the running bot through a Bot API as strict as Telegram's."""

import pytest
from botapi import BotApi, Person

from bot import words
from bot.article.article import Article


def test_help_says_how_to_ask_and_lists_the_commands(ada: Person) -> None:
    ada.send("/help")
    reply = ada.wait_for_reply()

    assert "in your own words" in reply.text
    assert all(f"/{name}" in reply.text for name in words.COMMANDS)


def test_about_says_what_was_read(ada: Person, article: Article) -> None:
    ada.send("/about")
    reply = ada.wait_for_reply()

    assert article.title in reply.text
    assert "11 passages" in reply.text


def test_article_shows_the_whole_text(ada: Person, article: Article) -> None:
    ada.send("/article")
    shown = ada.wait_for_reply().text
    while article.passages[-1].text not in shown:
        shown += "\n\n" + ada.wait_for_reply().text

    assert shown.split("\n\n")[2:] == [passage.text for passage in article.passages]


def test_an_unknown_command_lists_those_there_are(ada: Person) -> None:
    ada.send("/weather <b>")

    assert ada.wait_for_reply().text.startswith("I don't know /weather.")


@pytest.mark.parametrize("kind", ["photo", "voice", "video_note", "location", "contact", "dice"])
def test_what_has_no_words_gets_one_friendly_line(ada: Person, kind: str) -> None:
    sent = getattr(ada, f"send_{kind}")()
    reply = ada.wait_for_reply()

    assert reply.text == words.ONLY_TEXT
    assert reply.reply_to == sent.id


def test_an_edited_command_changes_the_answer(ada: Person) -> None:
    sent = ada.send("/aks egypt")
    reply = ada.wait_for_reply()
    ada.edit(sent, "/ask egypt")

    assert "500 MW" in ada.wait_for_edit(reply).text


def test_an_album_with_a_caption_gets_one_reply(ada: Person) -> None:
    ada.send_photo(media_group_id="album-8")
    reply = ada.wait_for_reply()
    ada.send_photo("how many megawatts is the wind farm", media_group_id="album-8")

    assert "500 MW" in ada.wait_for_edit(reply).text
    assert len(ada.chat.bot_messages) == 1


def test_a_follow_up_leans_on_what_a_tap_has_shown(ada: Person) -> None:
    ada.send("/countries")
    ada.tap(ada.wait_for_reply(), "🇪🇬 Egypt")
    ada.wait_for_reply()
    ada.send("tell me more")

    assert "From the mountains of Indonesia" in ada.wait_for_reply().text


def test_a_list_of_a_place_that_is_not_mentioned_says_so(ada: Person) -> None:
    ada.send("/projects vietnam")

    assert ada.wait_for_reply().text.startswith("The article doesn't mention Vietnam.")


@pytest.mark.parametrize("payload", ["start", "___", "----"])
def test_a_deep_link_without_a_question_introduces_the_bot(ada: Person, payload: str) -> None:
    ada.send(f"/start {payload}")

    assert len(ada.wait_for_reply().buttons) == 3


def test_a_third_refusal_brings_no_further_hint(ada: Person) -> None:
    for question in ("how do i boil an egg", "sing me a song", "qwertyuiop"):
        ada.send(question)
        reply = ada.wait_for_reply()

    assert reply.text == words.REFUSAL


def test_an_album_gets_one_friendly_line(ada: Person) -> None:
    for _ in range(3):
        ada.send_photo(media_group_id="album-7")
    ada.send("thanks")

    assert ada.wait_for_reply().text == words.ONLY_TEXT
    assert ada.wait_for_reply().text == words.SMALL_TALK["thanks"]


def test_what_it_is_about_is_told_by_headline_and_opening(ada: Person) -> None:
    ada.send("what is this article about?")
    reply = ada.wait_for_reply()

    assert reply.text.startswith("2025-03-03 China committed")
    assert "From the mountains of Indonesia" in reply.text


def test_a_list_is_narrowed_by_what_stands_behind_its_command(ada: Person) -> None:
    ada.send("/countries africa")

    assert ada.wait_for_reply().buttons == ["🇪🇬 Egypt", "🇹🇿 Tanzania"]


def test_a_caption_is_a_question(ada: Person) -> None:
    ada.send_photo("how many megawatts is the wind farm")

    assert "500 MW" in ada.wait_for_reply().text


def test_an_edited_question_changes_the_answer(ada: Person) -> None:
    sent = ada.send("indonesia")
    reply = ada.wait_for_reply()
    ada.edit(sent, "how many megawatts is the wind farm")

    assert "500 MW" in ada.wait_for_edit(reply).text
    assert len(ada.chat.bot_messages) == 1


def test_an_edited_question_whose_answer_is_gone_is_answered_anew(ada: Person) -> None:
    sent = ada.send("indonesia")
    ada.wait_for_reply().deleted = True
    ada.edit(sent, "how many megawatts is the wind farm")
    reply = ada.wait_for_reply()

    assert "500 MW" in reply.text
    assert reply.reply_to == sent.id


def test_what_was_understood_is_said(ada: Person) -> None:
    ada.send("wats going on in tanzanai")

    assert ada.wait_for_reply().text.startswith("Showing results for Tanzania.\n\nFrom the")


def test_countries_are_listed_with_flags_and_opened_by_a_tap(ada: Person) -> None:
    ada.send("/countries")
    listed = ada.wait_for_reply()
    assert listed.text.startswith("The article mentions 5 countries:")
    assert listed.buttons[1] == "🇪🇬 Egypt"
    ada.tap(listed, "🇪🇬 Egypt")

    assert "500 MW wind farm" in ada.wait_for_reply().text


def test_many_projects_have_pages(ada: Person) -> None:
    ada.send("/projects")
    listed = ada.wait_for_reply()
    first = listed.buttons
    assert len(first) == 9
    ada.tap(listed, first[-1])
    second = ada.wait_for_edit(listed).buttons
    assert second[-1] == "Back"
    ada.tap(listed, "Back")

    assert ada.wait_for_edit(listed).buttons == first
    assert not set(first) & set(second[:-1])


def test_a_list_asked_in_words_is_narrowed_to_a_region(ada: Person) -> None:
    ada.send("which african countries appear in it?")

    assert ada.wait_for_reply().buttons == ["🇪🇬 Egypt", "🇹🇿 Tanzania"]


def test_a_country_that_is_not_mentioned_offers_those_that_are(ada: Person) -> None:
    ada.send("high-speed rail in Vietnam")
    reply = ada.wait_for_reply()
    assert reply.text.startswith("The article doesn't mention Vietnam.")
    ada.tap(reply, "🇱🇦 Laos")

    assert "Luang Prabang" in ada.wait_for_reply().text


def test_a_follow_up_leans_on_what_was_shown(ada: Person) -> None:
    ada.send("what is China doing in Indonesia?")
    ada.wait_for_reply()
    ada.send("and in Egypt?")
    assert "500 MW" in ada.wait_for_reply().text
    ada.send("how big is it?")

    assert "500 MW" in ada.wait_for_reply().marked("bold")[0]


def test_a_reply_to_an_old_answer_asks_about_that(ada: Person) -> None:
    ada.send("egypt wind farm")
    farm = ada.wait_for_reply()
    ada.send("luang prabang")
    ada.wait_for_reply()
    ada.send("how big is it?", reply_to=farm)

    assert "500 MW" in ada.wait_for_reply().text


def test_two_refusals_in_a_row_bring_a_hint_with_what_it_is_about(ada: Person) -> None:
    ada.send("how do i boil an egg")
    assert ada.wait_for_reply().text == words.REFUSAL
    ada.send("sing me a song")
    hint = ada.wait_for_reply()

    assert hint.text.startswith(words.HINT)
    assert "Jakarta-Bandung High-Speed Railway" in hint.buttons


@pytest.mark.parametrize(
    ("payload", "shows"),
    [("egypt", "500 MW"), ("wind_farm_in_Egypt", "500 MW"), ("moon-lunar-feat", "Chang'e-6")],
)
def test_a_deep_link_opens_with_its_question(ada: Person, payload: str, shows: str) -> None:
    ada.send(f"/start {payload}")

    assert shows in ada.wait_for_reply().text


@pytest.mark.parametrize("text", ["что это?", "¿Cuál es el tema del artículo?", "这是什么"])
def test_another_language_is_answered_kindly(ada: Person, text: str) -> None:
    ada.send(text)

    assert ada.wait_for_reply().text == words.FOREIGN


def test_small_talk_gets_a_human_reply(ada: Person) -> None:
    ada.send("thanks a lot!")

    assert ada.wait_for_reply().text == words.SMALL_TALK["thanks"]


def test_a_page_turns_forward_and_back_in_one_message(ada: Person) -> None:
    ada.send("egypt")
    page = ada.wait_for_reply()
    first = page.text
    ada.tap(page, "More (1)")
    second = ada.wait_for_edit(page).text
    ada.tap(page, "Back")

    assert ada.wait_for_edit(page).text == first
    assert first != second


def test_a_guess_says_so_on_each_of_its_pages(ada: Person) -> None:
    ada.send("which Egyptian landscape was changed into fields?")
    page = ada.wait_for_reply()
    assert page.text.startswith(words.GUESS)
    ada.tap(page, page.buttons[-1])

    assert ada.wait_for_edit(page).text.startswith(words.GUESS)


def test_a_second_tap_on_the_same_button_does_no_harm(served: BotApi, ada: Person) -> None:
    ada.send("egypt")
    page = ada.wait_for_reply()
    data = page.button("More (1)")["callback_data"]
    for _ in range(2):
        served.wait_for_answer(ada.tap_data(page, data))
    ada.send("thanks")

    assert ada.wait_for_reply().text == words.SMALL_TALK["thanks"]


def test_a_page_of_a_deleted_message_is_sent_anew(ada: Person) -> None:
    ada.send("egypt")
    page = ada.wait_for_reply()
    data = page.button("More (1)")["callback_data"]
    page.deleted = True
    ada.tap_data(page, data)

    assert "From the mountains of Indonesia" in ada.wait_for_reply().text


@pytest.mark.parametrize(
    "data",
    [
        "",
        "x",
        "page:00000000:0:1.0",
        "page:nonsense",
        "ask:",
        "entry:projects:00000000",
        "list:x:0:",
    ],
)
def test_a_button_that_is_not_ours_is_answered_kindly(
    served: BotApi, ada: Person, data: str
) -> None:
    ada.send("hi")
    query = ada.tap_data(ada.wait_for_reply(), data)

    assert served.wait_for_answer(query).text == words.OLD_BUTTON


@pytest.mark.parametrize("text", ["/<b>x</b>", "/weather@somebody", "/t.me/x"])
def test_what_a_person_types_never_becomes_markup_a_mention_or_a_link(
    ada: Person, text: str
) -> None:
    ada.send(f"{text} <a href='http://x.example'>x</a>")
    ada.send("thanks")

    for message in (ada.wait_for_reply(), *ada.chat.bot_messages):
        assert not message.marked("bold")
        assert {e["type"] for e in message.entities} <= {"bot_command"}


def test_a_question_that_no_button_of_ours_asks_is_not_asked(served: BotApi, ada: Person) -> None:
    ada.send("/start")
    query = ada.tap_data(ada.wait_for_reply(), "ask:@everyone http://x.example")

    assert served.wait_for_answer(query).text == words.OLD_BUTTON


def test_channel_posts_are_left_alone(served: BotApi, ada: Person) -> None:
    channel = served.channel()
    channel.post("indonesia")
    ada.send("thanks")
    ada.wait_for_reply()

    assert not channel.bot_messages


def test_somebody_who_joins_is_not_told_to_write_text(served: BotApi, ada: Person) -> None:
    group = served.group()
    ada.send(chat=group, new_chat_members=[ada.user])
    ada.send("thanks")
    ada.wait_for_reply()

    assert not group.bot_messages


def test_who_blocked_the_bot_holds_up_nobody(served: BotApi, ada: Person) -> None:
    blocker = served.person()
    blocker.send("indonesia")
    blocker.block()
    ada.send("thanks")

    assert ada.wait_for_reply().text == words.SMALL_TALK["thanks"]
