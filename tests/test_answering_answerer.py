from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot import words
from bot.answering.answerer import Answerer
from bot.answering.answers import Guess, Listed, Passages, Refusal, Unmentioned, shown
from bot.article import Article
from bot.question import read_question
from bot.question.listings import Listing
from bot.question.smalltalk import SmallTalk


@pytest.fixture
def about(read: Callable[[str], Article]) -> Callable[[str], Answerer]:
    return lambda text: Answerer(read(text))


def numbers(answerer: Answerer, question: str) -> list[int]:
    answer = answerer.answer(question)
    assert isinstance(answer, Passages), answer
    return [one.passage.number for one in answer.found]


def test_one_passage_is_shown_where_one_is_clearly_best(answerer: Answerer) -> None:
    assert numbers(answerer, "how many megawatts is the wind farm") == [6]


def test_several_passages_are_shown_where_several_answer(answerer: Answerer) -> None:
    assert numbers(answerer, "egypt") == [6, 1]
    assert len(numbers(answerer, "modernization")) > 1


def test_who_asks_for_everything_gets_every_passage_with_a_word_of_it(answerer: Answerer) -> None:
    assert sorted(numbers(answerer, "show me everything on modernization")) == [3, 4, 7, 8, 10]


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("Which countries are mentioned?", ["Indonesia", "Egypt", "Tanzania", "China", "Laos"]),
        ("which african countries appear in it?", ["Egypt", "Tanzania"]),
        ("countries in southeast asia", ["Indonesia", "Laos"]),
        ("countries in Africa and Oceania", ["Egypt", "Tanzania"]),
        ("what dates or years appear", ["2025-03-03", "2024", "Dec. 10, 2024"]),
        ("what nations partner with tanzania", ["Indonesia", "Egypt", "China"]),
        ("china's partners", ["Indonesia", "Egypt", "Tanzania", "Laos"]),
        ("countries other than china", ["Indonesia", "Egypt", "Tanzania", "Laos"]),
        ("which countries besides China", ["Indonesia", "Egypt", "Tanzania", "Laos"]),
        ("countries except china", ["Indonesia", "Egypt", "Tanzania", "Laos"]),
        ("give me the figures", ["500 MW", "Five-hundred-meter"]),
        ("projects in indonesia", ["Jakarta-Bandung High-Speed Railway"]),
    ],
)
def test_a_list_is_asked_for_in_words(answerer: Answerer, question: str, names: list[str]) -> None:
    answer = answerer.answer(question)

    assert isinstance(answer, Listed)
    assert [topic.name for topic in answer.topics] == names


@pytest.mark.parametrize("question", ["countries except Laos", "countries working with Egypt"])
def test_what_narrows_a_list_says_enough_to_make_it_anew(answerer: Answerer, question: str) -> None:
    answer = answerer.answer(question)

    assert isinstance(answer, Listed)
    assert answer.places
    assert answerer.lists.listed(answer.listing, answer.places) == answer


def test_every_entry_of_a_list_leads_to_its_passages(answerer: Answerer) -> None:
    for listing in Listing:
        answer = answerer.lists.listed(listing)
        for topic in answer.topics if isinstance(answer, Listed) else ():
            about = answerer.lists.about(listing, topic.key)
            assert about is not None
            numbers = {one.passage.number for one in shown(about)}
            assert numbers <= set(topic.passages)
            assert len(numbers) == min(8, len(topic.passages))


@pytest.mark.parametrize(
    ("question", "places"),
    [
        ("high-speed rail in Vietnam", ("Vietnam",)),
        ("any news on the elections in germany", ("Germany",)),
        ("does it mention pakistan or france", ("Pakistan", "France")),
        ("what about europe", ("Europe",)),
        ("is there an office in buenos aires", ("Buenos Aires",)),
    ],
)
def test_a_country_that_is_not_mentioned_is_said_not_to_be(
    answerer: Answerer, question: str, places: tuple[str, ...]
) -> None:
    answer = answerer.answer(question)

    assert isinstance(answer, Unmentioned)
    assert answer.places == places
    assert [topic.name for topic in answer.countries][:2] == ["Indonesia", "Egypt"]


@pytest.mark.parametrize(
    ("question", "number"),
    [
        ("anything about Lao trains?", 11),
        ("what is China doing in Egypt?", 6),
        ("the egyptian wind farm", 6),
        ("tanzanian beans", 1),
        ("what happens in africa", 8),
    ],
)
def test_a_country_is_known_by_its_people_and_its_region(
    answerer: Answerer, question: str, number: int
) -> None:
    found = shown(answerer.answer(question))

    assert found[0].passage.number == number


def test_questions_about_the_article_itself_show_its_header(answerer: Answerer) -> None:
    assert numbers(answerer, "when was this published?") == [0]
    assert numbers(answerer, "headline pls") == [0]
    assert numbers(answerer, "what is this article about?") == [0, 1]


def test_an_article_without_a_date_does_not_say_when(about: Callable[[str], Answerer]) -> None:
    answerer = about("Tea\n\nTea came first.\n\nThen coffee.")

    assert answerer.answer("when was this published?") == Refusal()


def test_an_article_without_a_headline_has_none_to_tell(
    about: Callable[[str], Answerer],
) -> None:
    answerer = about("Tea came first.\n\nThen coffee.")

    assert answerer.answer("what is the headline?") == Refusal()
    assert numbers(answerer, "what is this about?") == [1]


def test_a_question_with_nothing_in_common_is_refused_without_a_guess(answerer: Answerer) -> None:
    assert answerer.answer("how long do i boil an egg") == Refusal()


def test_a_question_with_something_in_common_gets_a_guess(answerer: Answerer) -> None:
    answer = answerer.answer("How long is the China-Laos Railway?")

    assert isinstance(answer, Guess)
    assert not answer.is_likely
    assert shown(answer)[0].passage.number == 11


@pytest.mark.parametrize(
    ("question", "number"),
    [
        ("passage 5", 5),
        ("the last paragraph", 11),
        ("paragraph no 2", 2),
        ("show me the second photo", 6),
        ("the last picture", 11),
        ("photo 1", 2),
    ],
)
def test_a_passage_or_a_photo_is_asked_for_by_its_place(
    answerer: Answerer, question: str, number: int
) -> None:
    assert numbers(answerer, question) == [number]


@pytest.mark.parametrize(
    "question", ["wind farm in indonesia", "does the wind farm in egypt have 600 MW?"]
)
def test_another_country_or_number_than_told_is_at_best_a_guess(
    answerer: Answerer, question: str
) -> None:
    answer = answerer.answer(question)

    assert isinstance(answer, Guess)
    assert not answer.is_likely


def test_a_country_in_a_heading_is_mentioned(about: Callable[[str], Answerer]) -> None:
    text = (
        "# The kettle\n\n## Made in Poland\n\nA plant in Lodz builds it.\n\n## Price\n\n59 euros."
    )
    answer = about(text).answer("is it from poland?")

    assert [one.passage.number for one in shown(answer)][:1] == [1]


@pytest.mark.parametrize(
    "question", ["when is it out in africa", "how many are there in southeast asia?"]
)
def test_who_asks_when_or_how_many_wants_no_list(answerer: Answerer, question: str) -> None:
    assert not isinstance(answerer.answer(question), Listed)


def test_an_empty_list_says_so(about: Callable[[str], Answerer]) -> None:
    answerer = about("Tea\n\nTea came first.\n\nThen coffee.")
    answer = answerer.answer("which countries are mentioned?")

    assert answer == Listed(Listing.COUNTRIES, (), "", ())
    assert words.listed("countries", 0, "") == "I see no countries in the article."
    assert (
        words.listed("projects", 0, "Peru")
        == "I see no projects or things to do with Peru in the article."
    )


def test_small_talk_is_no_question(answerer: Answerer) -> None:
    assert answerer.answer("thanks!") is SmallTalk.THANKS
    assert shown(SmallTalk.THANKS) == ()


def test_what_a_misspelt_word_was_taken_for_is_told_as_the_article_writes_it(
    answerer: Answerer,
) -> None:
    answer = answerer.answer("tell me about tanzanai")

    assert isinstance(answer, Passages)
    assert answer.corrections == ("Tanzania",)


@pytest.mark.parametrize(
    "text", ["Only one sentence, no title, no date.", "x", "1\n\n2 or 3", "日本。"]
)
def test_the_smallest_article_can_be_asked(about: Callable[[str], Answerer], text: str) -> None:
    answerer = about(text)

    for question in ("what is this about?", "sentence", "when?", "日本", "x"):
        answerer.answer(question)


@settings(deadline=None)
@given(st.text())
def test_any_question_has_an_answer(answerer: Answerer, question: str) -> None:
    answer = answerer.answer(question)

    for one in shown(answer):
        assert one.key_sentence in one.passage.sentences


def test_two_questions_in_one_are_both_answered(answerer: Answerer) -> None:
    assert numbers(answerer, "where is the wind farm? what did Chang'e-6 retrieve?") == [6, 5]


BIKES = """Bike repair

By Ana Petrova | The Cyclist | March 3, 2025

Flat tyre

Take the wheel off and pull out the tube. Put a patch on the hole.

Squeaky brakes

Clean the rim with alcohol.
"""


@pytest.mark.parametrize(
    ("question", "number", "marked"),
    [
        ("tell me about flat tyre", 1, "Take the wheel off and pull out the tube."),
        ("my bike squeaks when i brake", 2, "Clean the rim with alcohol."),
        ("bike repair", 1, "Take the wheel off and pull out the tube."),
        ("who wrote this", 0, "By Ana Petrova | The Cyclist | March 3, 2025"),
        ("which paper is this from", 0, "By Ana Petrova | The Cyclist | March 3, 2025"),
        ("when was it published", 0, "By Ana Petrova | The Cyclist | March 3, 2025"),
    ],
)
def test_headings_and_bylines_are_asked_for(
    about: Callable[[str], Answerer], question: str, number: int, marked: str
) -> None:
    [best, *_] = shown(about(BIKES).answer(question))

    assert (best.passage.number, best.key_sentence) == (number, marked)


def test_a_heading_is_shown_with_its_passage_and_in_json(about: Callable[[str], Answerer]) -> None:
    told = about(BIKES).as_json("how do i fix a flat tyre")

    assert (told["kind"], told["passages"][0]["heading"]) == ("passages", "Flat tyre")


FOREIGN = {
    "Spanish": (
        "La panadería\n\nLa panadería fue fundada por dos hermanas en 1962.\n\n"
        "Los hornos se calientan con leña de encina y nunca se apagan.",
        {"¿Quiénes fundaron la panaderia?": 1, "con qué leña se calienta el horno": 2},
        "how are the ovens heated?",
    ),
    "French": (
        "Le phare\n\nLe phare est gardé par l'ingénieure depuis dix ans.\n\n"
        "Les bateaux évitent les rochers grâce à sa lampe.",
        {"qui garde le phare": 1, "Pourquoi le bateau évite-t-il un rocher ?": 2},
        "who keeps the lighthouse?",
    ),
    "Russian": (
        "Старый мост\n\nСтарый мост построили рыбаки из соседней деревни.\n\n"
        "Каждой весной по нему гонят овец на дальние луга.",
        {"кто построил мост?": 1, "Когда гонят овцу на луг?": 2},
        "who built the bridge?",
    ),
    "": (
        "茶馆\n\n茶馆由王师傅的祖父创办。院子里种着两棵桂花树。\n\n每到周末，乐队在二楼演奏二胡。",
        {"谁创办了茶馆？": 1, "乐队在哪里演奏？": 2},
        "who founded the tea house?",
    ),
}


@pytest.mark.parametrize("name", FOREIGN)
def test_an_article_is_asked_in_its_own_language_alone(
    about: Callable[[str], Answerer], name: str
) -> None:
    text, asked, in_english = FOREIGN[name]
    told = f"{name}, the language of" if name else "ask in the language of"
    answerer = about(text)

    assert answerer.language.name == name
    for question, number in asked.items():
        assert not answerer.turns_away(read_question(question))
        assert numbers(answerer, question)[0] == number
    assert answerer.turns_away(read_question(in_english))
    assert f"{told} what I've read." in words.foreign(name)


def test_other_languages_are_turned_away_where_the_article_answers_nothing(
    answerer: Answerer,
) -> None:
    for question in ("¿Cuándo fue construido el molino?", "谁创办了茶馆？"):
        assert answerer.turns_away(read_question(question))
    for question in ("when was the mill built", "Wer ist Sun Guangyong und was hat er?"):
        assert not answerer.turns_away(read_question(question))


def test_at_most_three_corrections_are_told_each_once(about: Callable[[str], Answerer]) -> None:
    text = "Boats\n\nThe schooner, the catamaran, the trimaran and the dinghies left Gdansk."
    asked = "schoner schoonr catamran trimarn dinghis gdanks"
    answer = about(text).answer(asked)

    assert isinstance(answer, Passages)
    assert answer.corrections == ("schooner", "catamaran", "trimaran")


@pytest.mark.parametrize("question", ["which people are mentioned", "list of people"])
def test_one_passage_is_no_list_of_people(about: Callable[[str], Answerer], question: str) -> None:
    asked = about(
        "The mill\n\nWe are the people of Mill Lane, and look after it.\n\nAnn Lee owns the mill.\n"
    )

    assert isinstance(asked.answer("what do the people look after"), Passages)
    assert not isinstance(asked.answer(question), Passages)
