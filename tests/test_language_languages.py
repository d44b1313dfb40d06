import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.language.languages import ENGLISH, is_foreign, language_of


@pytest.mark.parametrize(
    "text",
    [
        "что такое ветряная электростанция?",
        "风电场有多大",
        "ما هو هذا المقال؟",
        "¿Cuál es el tema del artículo?",
        "quel est le titre de l'article et qui est l'auteur",
        "Was ist das und wer hat es geschrieben?",
        "qual è il titolo della notizia",
        "di mana proyek itu dan siapa yang membangun",
        "proyectos en egipto",
        "que es esto",
    ],
)
def test_another_language_is_noticed(text: str) -> None:
    assert is_foreign(text, ENGLISH)


@pytest.mark.parametrize(
    "text",
    [
        "luang prabang",
        "who is Sun Guangyong",
        "byd electric cars",
        "what is the Élysée",
        "el nino",
        "chang'e 6",
        "500",
        "?!",
        "😂",
        "",
        "what did they do in Das Boot",
        "el nino effects peru",
        "wat is fast",
    ],
)
def test_english_names_and_numbers_are_not_foreign(text: str) -> None:
    assert not is_foreign(text, ENGLISH)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Spanish", "El puente fue construido por los vecinos, que lo cruzan cada mañana."),
        ("Portuguese", "A ponte foi construída pelos vizinhos, que a atravessam todas as manhãs."),
        ("French", "Le pont a été construit par les voisins, qui le traversent chaque matin."),
        ("Italian", "Il ponte è stato costruito dai vicini, che lo attraversano ogni mattina."),
        ("German", "Die Brücke wurde von den Nachbarn gebaut, die sie jeden Morgen überqueren."),
        ("Dutch", "De brug werd gebouwd door de buren, die er elke ochtend over lopen."),
        ("Polish", "Most został zbudowany przez sąsiadów, którzy przechodzą przez niego rano."),
        ("Turkish", "Köprü, onu her sabah geçen komşular tarafından ve çok iyi yapıldı."),
        ("Russian", "Мост построили соседи, которые переходят его каждое утро."),
        ("Arabic", "بنى الجسر الجيران الذين يعبرونه كل صباح."),
        ("English", "The bridge was built by the neighbours, who cross it each morning."),
        ("English", "Flour 500 g, butter 200 g, eggs, crème fraîche, jalapeños, Grand Marnier"),
        ("", "这座桥是邻居们建造的。"),
    ],
)
def test_the_language_of_a_text_is_told(name: str, text: str) -> None:
    assert language_of(text).name == name


@given(st.text())
def test_any_text_is_told(text: str) -> None:
    assert is_foreign(text, ENGLISH) in (True, False)
