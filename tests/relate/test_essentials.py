"""What a story comes to: three sentences of its dispatches that say different things."""

from __future__ import annotations

import pytest
from newsdigest.relate.stories.essentials import Told, essentials

BEGAN = "Un cargo s'est échoué mercredi devant le port de Valmer."
PUMPED = "Les pompiers ont vidé les soutes du navire pendant deux jours entiers."
SAILED = "Le cargo a quitté la rade de Valmer tiré par deux remorqueurs."


def story(*texts: str) -> list[str]:
    told = [Told(str(at), "fr", (text,)) for at, text in enumerate(texts)]
    return [found.text for found in essentials(told)]


def test_its_beginning_its_weightiest_dispatch_and_where_it_stands():
    light = "La préfecture suit de près les opérations en cours."
    assert story(BEGAN, light, f"{PUMPED} {PUMPED}", SAILED) == [BEGAN, PUMPED, SAILED]


def test_no_sentence_says_another_again():
    again = "Mercredi, un cargo s'est échoué devant le port de Valmer."
    assert story(BEGAN, again, SAILED) == [BEGAN, SAILED]


def test_of_a_dispatch_that_opens_with_what_was_said_the_next_sentence_is_taken():
    assert story(BEGAN, f"{BEGAN} {SAILED}") == [BEGAN, SAILED]


@pytest.mark.parametrize(
    "text",
    [
        "Il a quitté la rade de Valmer tiré par deux remorqueurs.",
        "Elle reste ouverte aux navires de moins de vingt mètres.",
        "depuis la rade de Valmer où deux remorqueurs attendaient.",
        "Le cargo a quitté la rade de Valmer tiré par deux",
        "Fini.",
        "Le cargo " + "très lourd " * 40 + "est parti.",
    ],
)
def test_what_cannot_be_read_alone_is_left_out(text):
    assert story(BEGAN, text) == [BEGAN]


def test_one_dispatch_is_its_own_summary():
    assert story(BEGAN) == []
