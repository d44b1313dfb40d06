import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from topics_articles import COUNTRIES, listed

import bot
from bot.article import read_article
from bot.topics.countries import atlas, countries_named, flag
from bot.topics.mentions import mentioned_countries

HERE = Path(__file__).parent
DATA = Path(bot.__file__).parent / "topics" / "data" / "countries.json"


def named(question):
    return [place.name for place in countries_named(question)]


def mentioned(*texts):
    return [country.name for country in mentioned_countries(texts)]


@pytest.mark.parametrize("article", COUNTRIES)
def test_the_countries_of_an_article_are_those_that_a_reader_lists(article):
    passages = read_article(HERE / "data" / "articles" / f"{article}.txt").passages

    assert mentioned(*(p.text for p in passages)) == listed(COUNTRIES[article])


def test_a_country_knows_its_passages_and_its_flag():
    texts = ["The Lao minister spoke.", "It rained.", "He flew home to Laos."]

    (laos,) = mentioned_countries(texts)

    assert (laos.code, laos.name, laos.passages, laos.flag) == ("LA", "Laos", (0, 2), "🇱🇦")


@pytest.mark.parametrize(
    ("text", "countries"),
    [
        ("The Tanzanian, Filipino and Burmese ministers met.", "Tanzania, Philippines, Myanmar"),
        ("South Korea and North Korea met. The Koreans agreed.", "South Korea, North Korea"),
        ("The DRC borders the Republic of the Congo.", "DR Congo, Republic of the Congo"),
        ("Papua New Guinea is near Australia.", "Papua New Guinea, Australia"),
        ("Guinea-Bissau played Guinea.", "Guinea-Bissau, Guinea"),
        ("The Dominican Republic won. Dominican fans danced.", "Dominican Republic"),
        ("Dominica is an island. Dominican officials said so.", "Dominica"),
        ("U.S. officials and the UK met us in May.", "United States, United Kingdom"),
        ("Northern Ireland and Ireland agreed.", "United Kingdom, Ireland"),
        ("The China–Pakistan Economic Corridor grows.", "China, Pakistan"),
        ("Officials in Cairo said no.", "Egypt"),
        ("Jordan and Egypt backed the plan.", "Jordan, Egypt"),
        ("Refugees crossed from Sudan into Chad.", "Sudan, Chad"),
        ("Armenia, Azerbaijan and Georgia signed.", "Armenia, Azerbaijan, Georgia"),
        ("CHINA AND KENYA SIGN DEAL", "China, Kenya"),
        ("Jordan Beats Iraq In Asian Cup", "Jordan, Iraq"),
    ],
)
def test_names_people_and_capitals_stand_for_a_country(text, countries):
    assert mentioned(text) == listed(countries)


@pytest.mark.parametrize(
    "text",
    [
        "Michael Jordan scored 40. Jordan later said that he was tired.",
        "Police in Savannah, Georgia, arrested two people from Texas.",
        "Ships crossed the Indian Ocean and the South China Sea to the Gulf of Mexico.",
        "Tom Holland and Ireland Baldwin met Israel Adesanya and Chad Smith.",
        "New Mexico, New England, British Columbia and French Guiana saw snow.",
        "He asked us to polish the china and may buy a turkey.",
        "Turkey is on the menu for Thanksgiving.",
        "Guinea pigs like Swiss cheese and French fries.",
        "West Africans met South American and Central Asian leaders.",
        "She flew American Airlines to the Australian Open.",
        "Paris Hilton has a flat in Paris, Texas, and a house in Lebanon, Ohio.",
        "The Paris Agreement was signed.",
        "A woman waves. (Daily News/India Jones)",
        "",
    ],
)
def test_people_seas_states_and_dishes_are_no_countries(text):
    assert mentioned(text) == []


@pytest.mark.parametrize(
    ("question", "places"),
    [
        ("lao trains", ["Laos"]),
        ("what about the EGYPTIANS?", ["Egypt"]),
        ("tanzania's beans, or the uk", ["Tanzania", "United Kingdom"]),
        ("the US and the u.s.a.", ["United States"]),
        ("is it in the states", ["United States"]),
        ("does it mention the us", ["United States"]),
        ("tell us who may polish it", []),
        ("Polish workers", ["Poland"]),
        ("does turkey come up", ["Türkiye"]),
        ("who roasted a turkey", []),
        ("guinea pigs of new mexico by the indian ocean", []),
        ("south china sea", []),
        ("papua new guinea or guinea", ["Papua New Guinea", "Guinea"]),
        ("cote d'ivoire", ["Côte d'Ivoire"]),
        ("which african countries", ["Africa"]),
        ("south african or southern african", ["South Africa", "Southern Africa"]),
        ("south-east asian projects and the middle east", ["Southeast Asia", "Middle East"]),
        ("the eu", ["European Union"]),
        ("korea", ["Korea"]),
        ("", []),
    ],
)
def test_a_question_names_countries_and_regions_in_any_form(question, places):
    assert named(question) == places


def test_a_region_stands_for_its_countries():
    (africa,) = countries_named("african")
    (union,) = countries_named("EU")

    assert {"EG", "TZ", "ZA"} < africa.codes
    assert africa.codes.isdisjoint({"CN", "ID", "LA"})
    assert len(union.codes) == 27


def test_a_name_that_two_countries_share_stands_for_both():
    (congo,) = countries_named("congo")

    assert congo.codes == {"CD", "CG"}


def test_every_country_is_found_by_its_own_name():
    for code, name in atlas().names.items():
        assert code in {c for place in countries_named(name) for c in place.codes}, name


def test_the_data_has_every_member_of_the_united_nations_and_four_more():
    known = json.loads(DATA.read_text("utf-8"))

    assert len(known["countries"]) == 193 + len(["PS", "TW", "VA", "XK"])
    assert all(
        country["people"] or code in {"CF", "VA"} for code, country in known["countries"].items()
    )


def test_flags_are_made_of_the_letters():
    assert flag("EG") == "🇪🇬"


@given(st.lists(st.text(), max_size=4))
def test_any_text_has_countries_in_passages_that_exist(texts):
    for country in mentioned_countries(texts):
        assert country.passages
        assert all(0 <= i < len(texts) for i in country.passages)


WORDS = st.sampled_from(
    "Jordan Georgia China U.S. South Korea Guinea - , . ( ) / of and the in Paris Sea Lake".split()
)


@given(st.lists(WORDS).map(" ".join))
def test_any_row_of_names_is_read(text):
    mentioned_countries([text])
    countries_named(text)


@given(st.text())
def test_any_question_is_read(question):
    assert all(place.codes for place in countries_named(question))
