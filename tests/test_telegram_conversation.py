"""Conversations with the running bot through a Bot API as strict as Telegram's."""

import re
from pathlib import Path

import pytest
from botapi import BotApi, Person
from dialogues import DIALOGUES, MEGAWATTS, OPENING
from running import TOKEN, serving

from bot import words
from bot.answering import Answerer
from bot.article import Article

EXAMPLE = "Tell me about the Jakarta-Bandung High-Speed Railway"
GUESSED = "which Egyptian landscape was changed into fields?"


@pytest.mark.parametrize(("lines", "said"), DIALOGUES)
def test_a_dialogue_ends_as_in_the_terminal(ada: Person, lines: list[str], said: str) -> None:
    *_, last = [ada.ask(line) for line in lines]

    assert re.search(said, last.text, re.DOTALL)


def test_a_link_asks_or_introduces_the_bot(ada: Person, answerer: Answerer) -> None:
    for payload in ("egypt", "wind_farm_in_Egypt", "Egypt-wind-farm"):
        assert "500 MW" in ada.ask(f"/start {payload}").text
    for payload in ("", "start", "___", "----"):
        welcome = ada.ask(f"/start {payload}")
        assert "for benefits of all”, 3 March 2025" in welcome.text
        assert welcome.buttons == list(answerer.examples)


@pytest.mark.parametrize(
    ("text", "button", "shown"),
    [
        ("/countries", "🇪🇬 Egypt", "500 MW wind farm"),
        ("which african countries appear in it?", "🇹🇿 Tanzania", "Tanzania"),
        ("high-speed rail in Vietnam", "🇱🇦 Laos", "Luang Prabang"),
        ("/start", EXAMPLE, f"{EXAMPLE}\nFrom the"),
    ],
)
def test_a_tap_opens_an_entry_or_asks(ada: Person, text: str, button: str, shown: str) -> None:
    ada.tap(ada.ask(text), button)

    assert shown in ada.wait_for_reply().text


def test_an_entry_is_leant_on_and_more_asks_for_the_rest(ada: Person) -> None:
    ada.tap(ada.ask("/countries"), "🇪🇬 Egypt")

    assert "500 MW" in ada.wait_for_reply().text
    assert ada.ask("/more").text.startswith(OPENING)


@pytest.mark.parametrize("text", ["egypt", "/projects", GUESSED])
def test_a_page_turns_in_one_message(ada: Person, text: str) -> None:
    page = ada.ask(text)
    first, buttons = page.text, page.buttons
    ada.tap(page, next(one for one in buttons if one.startswith("More")))
    second = ada.wait_for_edit(page).text
    assert first != second
    assert first.startswith(words.GUESS) is second.startswith(words.GUESS) is (text == GUESSED)
    assert len(buttons) <= 9
    assert set(buttons) & set(page.buttons) == {words.SHARE} & set(buttons)

    ada.tap(page, words.BACK)
    assert ada.wait_for_edit(page).text == first
    assert page.buttons == buttons


def test_a_button_that_is_not_ours_is_told_so(served: BotApi, ada: Person) -> None:
    below = ada.ask("hi")
    pages = ("page:00000000:0:1.0", "page:nonsense", "list:x:0:", "list:countries:9:")
    asked = ("ask:", "ask:@everyone http://x.example", "entry:projects:0000", "entry:x:0:0000")
    for data in ("", "x", *pages, *asked):
        assert served.wait_for_answer(ada.tap_data(below, data)).text == words.OLD_BUTTON
    assert below.edits == 0


def test_a_button_of_an_older_version_works_and_is_leant_on(ada: Person) -> None:
    listed = ada.ask("/countries")
    data = listed.button("🇪🇬 Egypt")["callback_data"]
    ada.tap_data(listed, data.replace(":0:", ":"))

    assert "500 MW" in ada.wait_for_reply().text
    assert "500 MW" in ada.ask("how big is it?").marked("bold")[0]


def test_a_reply_to_an_old_answer_asks_about_that(ada: Person) -> None:
    farm = ada.ask("egypt wind farm")
    ada.ask("luang prabang")
    assert "500 MW" in ada.ask("how big is it?", reply_to=farm).marked("bold")[0]


def test_two_refusals_in_a_row_bring_one_hint_with_what_it_is_about(ada: Person) -> None:
    questions = ("how do i boil an egg", "sing me a song", "qwertyuiop")
    first, hint, third = [ada.ask(question) for question in questions]

    assert first.text == third.text == words.REFUSAL
    assert hint.text.startswith(words.HINT)
    assert "Jakarta-Bandung High-Speed Railway" in hint.buttons


@pytest.mark.parametrize("before", ["indonesia", "/aks egypt"])
def test_an_edit_changes_the_answer_or_is_answered_anew(ada: Person, before: str) -> None:
    sent = ada.send(before)
    answer = ada.wait_for_reply()
    ada.edit(sent, "/ask egypt")
    assert "500 MW" in ada.wait_for_edit(answer).text
    assert len(ada.chat.bot_messages) == 1
    assert "500 MW" not in ada.ask("how big is it?").text

    answer.deleted = True
    ada.edit(sent, "indonesia")
    anew = ada.wait_for_reply()
    assert "Jakarta" in anew.text
    assert anew.reply_to == sent.id


def test_an_edit_of_no_word_changes_nothing(served: BotApi, ada: Person) -> None:
    sent = ada.send("egypt")
    page = ada.wait_for_reply()
    ada.tap(page, page.buttons[0])
    ada.wait_for_edit(page)
    ada.edit(sent, "egypt")
    served.push_raw({"edited_message": dict(sent.data, reactions=[{"count": 1}])})
    # Sent before the bot ran.
    longer_ago = ada.chat.add({"from": ada.user, "text": "indonesia", "date": 1}, from_bot=False)
    ada.edit(longer_ago, "wind farm in egypt")
    served.wait_for_quiet()

    assert ada.chat.bot_messages == [page]
    assert page.edits == 1


def test_an_edit_is_asked_after_what_stood_before_the_message(ada: Person) -> None:
    ada.ask("egypt wind farm")
    sent = ada.send("tell me about photos")
    answer = ada.wait_for_reply()
    ada.ask("luang prabang")
    ada.edit(sent, "how big is it?")

    assert "500 MW" in ada.wait_for_edit(answer).marked("bold")[0]


def test_words_put_to_a_photo_are_answered(ada: Person) -> None:
    sent = ada.send_photo()
    line = ada.wait_for_reply()
    ada.edit(sent, MEGAWATTS)

    assert "500 MW" in ada.wait_for_edit(line).text


def test_a_caption_is_a_question_and_an_album_gets_one_reply(ada: Person) -> None:
    ada.send_photo(MEGAWATTS)
    assert "500 MW" in ada.wait_for_reply().text

    for _ in range(3):
        ada.send_photo(media_group_id="album")
    asked = ada.wait_for_reply()
    ada.send_photo(MEGAWATTS, media_group_id="album")
    assert "500 MW" in ada.wait_for_edit(asked).text
    assert len(ada.chat.bot_messages) == 2


def test_a_mistyped_command_can_be_corrected(ada: Person, article: Article) -> None:
    sent = ada.send("/articel")
    unknown = ada.wait_for_reply()
    ada.edit(sent, "/article")
    ada.wait_for_edit(unknown)

    assert unknown.text.startswith(article.title)


def test_an_answer_is_shared_by_its_question(ada: Person) -> None:
    page = ada.ask("wich wind farm is in egypt?")
    for _ in range(2):
        chosen = page.button(words.SHARE)["switch_inline_query_chosen_chat"]
        assert chosen["query"] == "wich wind farm is in egypt?"
        assert "500 MW" in str(ada.wait_for_answer(ada.inline_query(chosen["query"])).results[0])
        if "More (1)" in page.buttons:
            ada.tap(page, "More (1)")
            ada.wait_for_edit(page)

    for unshared in ("how big is it?", GUESSED, "/countries", "hi", f"egypt {'?' * 256}"):
        assert words.SHARE not in ada.ask(unshared).buttons


def test_what_has_no_words_gets_one_friendly_line(ada: Person) -> None:
    for kind in ("photo", "voice", "video_note", "location", "contact", "dice"):
        sent = getattr(ada, f"send_{kind}")()
        line = ada.wait_for_reply()
        assert (line.text, line.reply_to) == (words.ONLY_TEXT, sent.id)


def test_article_shows_the_whole_text(ada: Person, article: Article) -> None:
    shown = ada.ask("/article").text
    while article.passages[-1].text not in shown:
        shown += "\n\n" + ada.wait_for_reply().text

    assert shown.split("\n\n")[2:] == [passage.text for passage in article.passages]


def test_a_long_article_takes_a_few_messages_and_pages(tmp_path: Path) -> None:
    told = [f"On day {day} the ferry to the isle number {day} was late. " * 9 for day in range(60)]
    path = tmp_path / "ferries.txt"
    path.write_text("Ferries\n\n" + "\n\n".join(told), encoding="utf-8")
    with BotApi(token=TOKEN) as api, serving(api, tmp_path, ARTICLE_PATH=str(path)):
        ada, group = api.person(), api.supergroup()
        ada.send("/article", chat=group)
        shown = [group.wait_for_reply() for _ in range(4)]
        texts, page = [one.text for one in shown], shown[-1]
        while page.buttons[-1] != words.BACK:
            ada.tap(page, page.buttons[-1])
            texts.append(group.wait_for_edit(page).text)
        ada.tap(page, words.BACK)
        group.wait_for_edit(page)

    assert group.bot_messages == shown
    assert page.text == texts[-2]
    assert [one.buttons for one in shown[:-1]] == [[]] * 3
    assert "\n\n".join(texts).split("\n\n") == ["Ferries", *(one.strip() for one in told)]


def test_what_telegram_tells_of_a_chat_and_channel_posts_get_no_line(
    served: BotApi, ada: Person
) -> None:
    channel, group = served.channel(), served.group()
    channel.post("indonesia")
    ada.send(chat=group, new_chat_members=[ada.user])
    ada.send(pinned_message={"message_id": 1, "date": 0, "chat": ada.chat.data})
    ada.send(hologram_mode_changed={"is_on": True})

    assert ada.ask("thanks").text == words.SMALL_TALK["thanks"]
    served.wait_for_quiet()
    assert len(ada.chat.bot_messages) == 1
    assert not channel.bot_messages + group.bot_messages


# Inline.


def test_the_passages_that_answer_are_offered_for_everybody(ada: Person) -> None:
    answered = ada.wait_for_answer(ada.inline_query("egypt wind farm"))
    result, said = answered.results[0], "Photo shows a 500 MW wind farm"
    content = result["input_message_content"]

    assert result["title"] == "Photo caption, passage 6 of 11"
    assert result["description"].startswith(said)
    assert content["message_text"].startswith(said)
    assert content["entities"][0]["type"] == "bold"
    assert answered.answer is not None
    assert int(answered.answer["cache_time"]) == 300
    assert not answered.answer.get("is_personal")


def test_a_guess_that_is_offered_says_so(ada: Person) -> None:
    query = ada.inline_query("how long is the china-laos railway")
    result, *_ = ada.wait_for_answer(query).results

    assert result["input_message_content"]["message_text"].startswith(words.GUESS)


def test_without_an_answer_examples_or_the_bot_are_offered(ada: Person, answerer: Answerer) -> None:
    results = ada.wait_for_answer(ada.inline_query("")).results
    assert [result["title"] for result in results] == list(answerer.examples)

    for query in ("qwertyuiop", "?!", "hi", "日本語", "x" * 256):
        answered = ada.wait_for_answer(ada.inline_query(query))
        assert answered.results == []
        assert words.INLINE_NOTHING in str(answered.answer)
