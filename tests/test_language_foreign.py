import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.language.foreign import is_foreign


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
    assert is_foreign(text)


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
    assert not is_foreign(text)


@given(st.text())
def test_any_text_is_told(text: str) -> None:
    assert is_foreign(text) in (True, False)
