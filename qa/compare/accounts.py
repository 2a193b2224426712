"""The sentences that are compared, each with the voice that tells it and what is read in it once."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from qa.checks.names import names
from qa.checks.quantities import quantities
from qa.checks.quotes import quotations
from qa.checks.words import words
from qa.compare.senses import senses
from qa.counted import counts

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from index.types import Article, Sentence, Span, Statement
    from qa.checks.quantities import Quantity


@dataclass(frozen=True)
class Told:
    """One sentence of one voice.

    Attributes:
        voice: the name of the voice.
        before: the sentence before it in the article, where there is one.
        said: the statements in it.
        bearing: how well it bears on the question, beside the best of its voice; 0 to 1.
    """

    voice: str
    article: Article
    sentence: Sentence
    before: Sentence | None
    said: tuple[Statement, ...]
    bearing: float
    vector: NDArray[np.float32]

    @property
    def text(self) -> str:
        """As it is printed."""
        return self.sentence.text

    @cached_property
    def stems(self) -> frozenset[str]:
        """Stems of its words that carry content."""
        return frozenset(word.stem for word in words(self.text) if word.content)

    @cached_property
    def senses(self) -> frozenset[str]:
        """What its content words mean, words of one sense as one."""
        return frozenset(sense for word in self.stems for sense in senses(word))

    @cached_property
    def named(self) -> frozenset[str]:
        """The words of its names, lower case."""
        return frozenset(part for name in names(self.text) for part in name.words)

    @cached_property
    def counts(self) -> tuple[Quantity, ...]:
        """Its numbers that count or measure: no dates, years, ages, clock times or numbers that are names."""
        return tuple(quantity for quantity in quantities(self.text) if counts(quantity, self.text))

    @cached_property
    def quoted(self) -> tuple[Span, ...]:
        """What stands between quotation marks in it."""
        return quotations(self.text)

    def alike(self, other: Told) -> float:
        """The cosine of the two sentences."""
        return float(self.vector @ other.vector)
