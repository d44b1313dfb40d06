import json
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from topics_articles import COUNTRIES, listed

import bot
from bot.article import Article, Passage, read_article
from bot.language.text import words
from bot.question.listings import Listing
from bot.topics import Topics
from bot.topics.countries import countries_named, mentioned_countries, without_places

ARTICLES = Path(__file__).parent / "data" / "articles"
DATA = Path(bot.__file__).parent / "topics" / "data" / "countries.json"
PLACES = json.loads(DATA.read_text("utf-8"))["places"]
NAMES = {place["codes"]: name for name, place in PLACES.items() if len(place["codes"]) == 2}


def named(question: str) -> list[str]:
    return [place.name for place in countries_named(words(question))]


def mentioned(*texts: str) -> list[str]:
    return [NAMES[code] for code in mentioned_countries([words(text) for text in texts])]


def topics(*texts: str) -> Topics:
    passages = (
        Passage(i, text, is_caption=False, paragraphs=(i,)) for i, text in enumerate(texts, 1)
    )
    return Topics(Article("A title", None, tuple(passages)))


def listed_in(found: Topics, listing: Listing, question: str) -> list[str]:
    return [topic.name for topic in found.listed(listing, found.named(words(question)))]


@pytest.mark.parametrize("article", COUNTRIES)
def test_the_countries_of_an_article_are_those_that_a_reader_lists(article: str) -> None:
    passages = read_article(ARTICLES / f"{article}.txt").passages

    assert mentioned(*(p.text for p in passages)) == listed(COUNTRIES[article])


def test_a_country_knows_its_passages_and_its_flag() -> None:
    found = topics("The Lao minister spoke.", "It rained.", "He flew home to Laos.")

    (laos,) = found.listed(Listing.COUNTRIES)

    assert (laos.name, laos.passages, laos.flag) == ("Laos", (1, 3), "🇱🇦")


@pytest.mark.parametrize(
    ("text", "countries"),
    [
        ("The Tanzanian, Filipino and Burmese ministers met.", "Tanzania, Philippines, Myanmar"),
        ("South Korea and North Korea met. The Koreans agreed.", "South Korea, North Korea"),
        ("The DRC borders the Republic of the Congo.", "DR Congo, Republic of the Congo"),
        ("Guinea-Bissau played Papua New Guinea.", "Guinea-Bissau, Papua New Guinea"),
        ("Dominica is an island. Dominican officials said so.", "Dominica"),
        ("U.S. officials and the UK met us in May.", "United States, United Kingdom"),
        ("Northern Ireland and Ireland agreed.", "United Kingdom, Ireland"),
        ("The China–Pakistan Economic Corridor grows.", "China, Pakistan"),
        ("Officials in Cairo met Morocco's Hamza Idrissi.", "Egypt, Morocco"),
        ("Luxembourg asked Brussels, and Mali asked Guinea.", "Luxembourg, Mali, Guinea"),
        ("Jordan and Egypt backed the plan.", "Jordan, Egypt"),
        ("Refugees crossed from Sudan into Chad.", "Sudan, Chad"),
        (
            "U.S. aid for Armenia, Azerbaijan and Georgia.",
            "United States, Armenia, Azerbaijan, Georgia",
        ),
        ("CHINA AND KENYA SIGN DEAL", "China, Kenya"),
    ],
)
def test_names_people_and_capitals_stand_for_a_country(text: str, countries: str) -> None:
    assert mentioned(text) == listed(countries)


@pytest.mark.parametrize(
    "text",
    [
        "Michael Jordan scored 40. Jordan later said that he was tired.",
        "Police in Savannah, Georgia, arrested two people from Texas.",
        "Ships crossed the Indian Ocean and the South China Sea to the Gulf of Mexico.",
        "Tom Holland and Ireland Baldwin met Israel Adesanya and Chad Smith.",
        "By Georgia Rossi and Chad Wilson",
        "New Mexico, New England, British Columbia and French Guiana saw snow.",
        "He asked us to polish the china and may buy a turkey.",
        "Turkey is on the menu for Thanksgiving.",
        "Guinea pigs like Swiss cheese and French fries.",
        "West Africans met South American and Central Asian leaders.",
        "She flew American Airlines to the Australian Open.",
        "Paris Hilton has a flat in Paris, Texas, and a house in Lebanon, Ohio.",
        "The Paris Agreement was signed.",
        "Read more About Us and Contact Us.",
        "",
    ],
)
def test_people_seas_states_and_dishes_are_no_countries(text: str) -> None:
    assert mentioned(text) == []


@pytest.mark.parametrize(
    ("question", "places"),
    [
        ("what about the EGYPTIANS?", ["Egypt"]),
        ("tanzania's beans, or the uk", ["Tanzania", "United Kingdom"]),
        ("the US and the u.s.a.", ["United States"]),
        ("does it mention the us or the states", ["United States"]),
        ("tell us who may polish it", []),
        ("Polish workers", ["Poland"]),
        ("does turkey come up", ["Türkiye"]),
        ("who roasted a turkey", []),
        ("guinea pigs of new mexico by the indian ocean", []),
        ("when did Peggy Jordan meet Chad Wilson in the south china sea", []),
        ("papua new guinea or guinea", ["Papua New Guinea", "Guinea"]),
        ("cote d'ivoire", ["Côte d'Ivoire"]),
        ("south african or southern african", ["South Africa", "Southern Africa"]),
        ("south-east asian projects and the middle east", ["Southeast Asia", "Middle East"]),
        ("EGYPT PROJECTS of the eu in korea", ["Egypt", "European Union", "Korea"]),
        ("", []),
    ],
)
def test_a_question_names_countries_and_regions_in_any_form(
    question: str, places: Sequence[str]
) -> None:
    assert named(question) == places


def test_a_question_without_its_places_keeps_the_other_words() -> None:
    asked = words("Which Lao projects are in the U.S. or west africa?")

    assert [
        word.written for word in without_places(asked)
    ] == "Which projects are in the or".split()


def test_a_region_and_a_shared_name_stand_for_their_countries() -> None:
    africa, union, congo = countries_named(words("african EU congo"))

    assert {"EG", "TZ", "ZA"} < africa.codes
    assert africa.codes.isdisjoint({"CN", "ID", "LA"})
    assert len(union.codes) == 27
    assert congo.codes == {"CD", "CG"}


def test_every_country_is_found_by_its_own_name() -> None:
    for code, name in NAMES.items():
        assert code in {c for place in countries_named(words(name)) for c in place.codes}, name


def test_the_data_has_every_member_of_the_united_nations_and_four_more() -> None:
    assert len(NAMES) == 193 + len(["PS", "TW", "VA", "XK"])
    with_people = {
        code for one in PLACES.values() if one.get("people") for code in one["codes"].split()
    }
    assert with_people == NAMES.keys() - {"CF", "VA"}


TEAM = (
    "Kenya Moss drew the tower in 1990.",
    "Israel Cole painted it in Lima, Peru.",
    "Carve the turkey before it is cold.",
)


@pytest.mark.parametrize("question", ["kenya", "who is israel cole", "turkey", "carve a turkey"])
def test_what_the_article_has_as_a_person_or_a_bird_is_no_place_in_a_question(
    question: str,
) -> None:
    assert topics(*TEAM).named(words(question)) == []


def test_a_country_is_lacking_only_where_the_article_has_no_word_of_it() -> None:
    found = topics(*TEAM)
    asked = found.named(words("peru, south america, kenya or laos"))

    assert [place.name for place in asked] == ["Peru", "South America", "Laos"]
    assert [place.name for place in found.lacking(asked)] == ["Laos"]
    assert [found.is_about(number, asked[0]) for number in (1, 2)] == [False, True]


WORKS = (
    "In Ghana, the Volta Bridge opened.",
    "Peru got the Colca Tunnel.",
    "The Tampere Tramway runs in Finland, and the Kariba Dam stands in Zambia.",
    "It rained.",
    "It snowed.",
)


@pytest.mark.parametrize(
    ("question", "countries", "projects"),
    [
        (
            "africa and europe",
            ["Ghana", "Finland", "Zambia"],
            "Volta Bridge, Tampere Tramway, Kariba Dam",
        ),
        ("peru or zambia", ["Peru", "Zambia"], "Colca Tunnel, Kariba Dam"),
        ("finland", ["Finland"], "Tampere Tramway"),
        (
            "",
            ["Ghana", "Peru", "Finland", "Zambia"],
            "Volta Bridge, Colca Tunnel, Tampere Tramway, Kariba Dam",
        ),
    ],
)
def test_several_places_add_up(question: str, countries: list[str], projects: str) -> None:
    found = topics(*WORKS)

    assert listed_in(found, Listing.COUNTRIES, question) == countries
    assert listed_in(found, Listing.PROJECTS, question) == listed(projects)


NAMES_IN_A_ROW = st.sampled_from(
    "Jordan Georgia China U.S. us South Korea Guinea - , . ( / of and the in Sea Texas".split()
)


@given(st.lists(st.one_of(st.text(), st.lists(NAMES_IN_A_ROW).map(" ".join)), max_size=4))
def test_any_text_has_countries_in_passages_that_exist(texts: list[str]) -> None:
    for numbers in mentioned_countries([words(text) for text in texts]).values():
        assert numbers
        assert all(1 <= number <= len(texts) for number in numbers)


@given(st.one_of(st.text(), st.lists(NAMES_IN_A_ROW).map(" ".join)))
def test_any_question_is_read(question: str) -> None:
    asked = words(question)

    assert all(place.codes for place in countries_named(asked))
    assert bool(countries_named(asked)) == (len(without_places(asked)) < len(asked))
