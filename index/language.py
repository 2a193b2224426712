"""The language of a text, told from its letters; None where it is short or could be several.

py3langid (Barbaresi), after Lui and Baldwin, "langid.py: An Off-the-shelf Language Identification Tool" (ACL 2012):
a naive Bayes classifier over runs of bytes, its model in the package. The same text always gives the same.
"""

from __future__ import annotations

from functools import cache
from typing import Any

MODEL = "data/model.npz.xz"
READ_CHARACTERS = 400
LEAST_LETTERS = 60
LEAST_SURE = 0.95


def language_of(text: str) -> tuple[str, float] | None:
    """The ISO 639-1 code of a text's language and how sure that is, from 0 to 1.

    Args:
        text: the article; its middle is read, away from names, menus and credits at either end.
    """
    start = max(0, (len(text) - READ_CHARACTERS) // 2)
    sample = " ".join(text[start : start + READ_CHARACTERS].split())
    if sum(map(str.isalpha, sample)) < LEAST_LETTERS:
        return None
    try:
        code, sure = _identifier().classify(sample)
    except OSError:  # the model is unpacked to a temporary file: a full disk leaves the language unknown, no more
        return None
    return (str(code), round(float(sure), 3)) if sure >= LEAST_SURE else None


@cache
def _identifier() -> Any:
    from py3langid.langid import LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL, norm_probs=True)
