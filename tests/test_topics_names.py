from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from topics_articles import ORGANISATIONS, THINGS, listed

from bot.article import Passage, read_article
from bot.topics.names import things_and_bodies

ARTICLES = Path(__file__).parent / "data" / "articles"
SEED = next((Path(__file__).parents[1] / "seeds").glob("*.txt"))

# The rules don't find these: each has a head that is no sign of a name elsewhere, or none.
MISSED = {
    "sport": ["World Athletics", "Reuters"],
    "medicine": ["Model List of Essential Medicines"],
    "local": ["40 kW solar roof", "Georgia Tech"],
}


def passages(*texts: str, is_caption: bool = False) -> list[Passage]:
    return [Passage(i, text, is_caption, i) for i, text in enumerate(texts, start=1)]


@pytest.mark.parametrize("name", THINGS)
def test_the_names_in_an_article_are_those_that_a_reader_lists(name: str) -> None:
    things, bodies = things_and_bodies(read_article(ARTICLES / f"{name}.txt").passages)

    assert list(things) == [one for one in listed(THINGS[name]) if one not in MISSED[name]]
    assert list(bodies) == [one for one in listed(ORGANISATIONS[name]) if one not in MISSED[name]]


def test_the_default_article_names_its_projects_and_organisations() -> None:
    things, bodies = things_and_bodies(read_article(SEED).passages)

    assert list(things) == [
        "Jakarta-Bandung High-Speed Railway",
        "Small Bean and Big Nutrition",
        "Global AI Product and Application Expo",
        "Chang'e-6",
        "500 MW wind farm",
        "DeepSeek",
        "Five-hundred-meter Aperture Spherical Radio Telescope",
        "Belt and Road Science, Technology and Innovation Cooperation Action Plan",
        "China-Africa digital technology cooperation center",
        "Lancang bullet train",
        "China-Laos Railway",
    ]
    assert list(bodies) == [
        "People's Daily Online",
        "Power Construction Corporation of China",
        "People's Daily",
        "China-Africa digital technology cooperation center",
    ]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ('They watched the film "Solid Ground" twice.', ["Solid Ground"]),
        ("She runs a scheme called Open Doors, and a fund, BLUEFIN.", ["Open Doors", "BLUEFIN"]),
        ('He spoke of a "Rude Awakening" and "harmony".', []),
        ('"The Future Is Ours," said Ann Lee.', []),
        ("A 12-kilometre road bridge and 3 million people.", ["12-kilometre road bridge"]),
        ("The town has a 10-year plan and a 3-day festival.", []),
        ("The Padma–Jamuna Bridge opened.", ["Padma–Jamuna Bridge"]),
        ("When the Museum of Modern Art closed, she wept.", ["Museum of Modern Art"]),
        ("We saw St. John's Cathedral on Monday.", ["St. John's Cathedral"]),
        (
            "Ask for Elm Park. Visit Kew Gardens. Local Council says no.",
            ["Elm Park", "Kew Gardens"],
        ),
        ("They meet at the Kariba Summit on Monday.", ["Kariba Summit"]),
        (
            "Repairing Stone Bridge took a year. Nearby Kew Gardens closed.",
            ["Stone Bridge", "Kew Gardens"],
        ),
        ("Rusty Stone Bridge fell. Nobody misses Stone Bridge.", ["Stone Bridge"]),
        ("Rowing Festival is in May.", ["Rowing Festival"]),
        ("In the PANORAMIC study nobody died of COVID-19.", ["PANORAMIC study"]),
        ("Egypt's National Reading Project began.", ["National Reading Project"]),
        ("Coach Sarah Park left. John Bridge, 34, stayed.", []),
        ("Photo shows a London hospital and the German railway.", []),
        ("Mr McDonald met LeBron James in South Africa.", []),
        ("The Festival began. After the Trial came Festival 2020.", []),
        (f"The {'Kariba ' * 12}Dam is no name.", []),
    ],
)
def test_things_are_told_by_quotes_capitals_and_heads(text: str, names: list[str]) -> None:
    things, _ = things_and_bodies(passages(text))

    assert list(things) == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (
            "Ann Lee of the Ministry of Health, Labour and Welfare.",
            ["Ministry of Health, Labour and Welfare"],
        ),
        ("The Bill and Melinda Gates Foundation paid.", ["Bill and Melinda Gates Foundation"]),
        ("The Russian Federation and Acme Ltd signed.", ["Acme Ltd"]),
        ("They asked Can Tho University and Acme Bank.", ["Can Tho University", "Acme Bank"]),
    ],
)
def test_organisations_are_told_by_heads(text: str, names: list[str]) -> None:
    _, bodies = things_and_bodies(passages(text))

    assert list(bodies) == names


def test_a_short_form_leads_to_the_long_one_and_its_passages() -> None:
    texts = ("The Kivu Water Project (KWP) began.", "KWP grew.", "The Water Project is good.")

    things, _ = things_and_bodies(passages(*texts))

    assert things == {"Kivu Water Project": [1, 2, 3]}


def test_a_credit_names_an_agency_and_no_photographer() -> None:
    caption = passages("Kids dance. (Kampala Daily News/Grace Hall)", is_caption=True)

    assert things_and_bodies(caption) == ({}, {"Kampala Daily News": [1]})


WORDS = st.sampled_from(
    """The the Kivu Water Project Plan of for on and & , . ( ) " “ ” KWP 500 MW wind farm Bank
    St. King's China-Laos digital center said Ann Park's – ' 2024 called""".split()
)
TEXTS = st.lists(st.one_of(st.text(), st.lists(WORDS).map(" ".join)), max_size=4)


@given(TEXTS, st.booleans())
def test_any_name_is_a_short_part_of_the_text_and_known_by_its_passages(
    texts: list[str], is_caption: bool
) -> None:
    for named in things_and_bodies(passages(*texts, is_caption=is_caption)):
        for name, numbers in named.items():
            assert len(name) < 80
            assert any(name in text for text in texts)
            assert numbers == sorted(set(numbers)) != []
