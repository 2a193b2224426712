"""The language of a text is told where the text is long and plain enough to tell it, and given languages win."""

from __future__ import annotations

import pytest

from index.language import language_of
from index.metadata import find
from index.types import Document, Origin

TEXTS = {
    "en": "Harbour pilots refused to board ships on Monday, saying that the new rota leaves them no time for sleep at all.",
    "de": "Die Lotsen der Bucht weigerten sich am Montag, an Bord zu gehen, weil der neue Plan ihnen keine Zeit zum Schlafen lasse.",
    "fr": "Les pilotes du port ont refusé lundi de monter à bord, disant que le nouvel horaire ne leur laisse pas le temps de dormir.",
    "es": "Los prácticos del puerto se negaron el lunes a subir a los barcos, porque el nuevo turno no les deja tiempo para dormir.",
}


@pytest.mark.parametrize("code", TEXTS)
def test_a_paragraph_tells_its_language(code: str) -> None:
    told = language_of(TEXTS[code])
    assert told is not None
    assert told[0] == code
    assert 0.95 <= told[1] <= 1
    assert language_of(TEXTS[code]) == told


@pytest.mark.parametrize("text", ["", "Pilots stay ashore", "Kestrel Bay", "12 34 5 " * 40, "One, two."])
def test_what_is_short_or_without_words_has_no_known_language(text: str) -> None:
    assert language_of(text) is None


def test_a_language_that_came_with_the_article_wins_over_its_letters() -> None:
    given = find(Document("a", "", TEXTS["de"], {"language": "en-GB"}, Origin.TAG))["language"]
    assert (given.value, given.origin) == ("en", Origin.TAG)
    told = find(Document("a", "", TEXTS["de"], {"language": "unsaid"}, Origin.TAG))["language"]
    assert (told.value, told.origin) == ("de", Origin.TEXT)
    assert "language" not in find(Document("a", "", "Kestrel Bay"))
