"""British and American spellings of one word: what one outlet labels an apology, another apologises for."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

PAIRS = """
aluminium aluminum, anaemia anemia, anaesthetic anesthetic, analyse analyze, analyser analyzer, arbour arbor,
ardour ardor, armour armor, armoury armory, artefact artifact, behaviour behavior, behavioural behavioral,
calibre caliber, candour candor, catalogue catalog, catalyse catalyze, centre center, centimetre centimeter,
clamour clamor, colour color, colourful colorful, cosy cozy, defence defense, defenceless defenseless,
demeanour demeanor, diarrhoea diarrhea, encyclopaedia encyclopedia, endeavour endeavor, enrol enroll,
enrolment enrollment, favour favor, favourable favorable, favourite favorite, fervour fervor, fibre fiber,
flavour flavor, foetus fetus, fulfil fulfill, fulfilment fulfillment, gaol jail, glamour glamor, grey gray,
gynaecologist gynecologist, haemorrhage hemorrhage, harbour harbor, honour honor, honourable honorable, humour humor,
instalment installment, jewellery jewelry, judgement judgment, kerb curb, kilometre kilometer, labour labor,
leukaemia leukemia, licence license, litre liter, lustre luster, manoeuvre maneuver, meagre meager, metre meter,
millimetre millimeter, misdemeanour misdemeanor, mould mold, moustache mustache, neighbour neighbor,
neighbourhood neighborhood, odour odor, oestrogen estrogen, offence offense, orthopaedic orthopedic,
paediatric pediatric, paediatrician pediatrician, paralyse paralyze, parlour parlor, plough plow, practise practice,
pretence pretense, programme program, pyjamas pajamas, rancour rancor, rigour rigor, rumour rumor, sabre saber,
saviour savior, savour savor, sceptic skeptic, sceptical skeptical, scepticism skepticism, skilful skillful,
sombre somber, spectre specter, splendour splendor, sulphur sulfur, theatre theater, tumour tumor, valour valor,
vapour vapor, vigour vigor, wilful willful
"""
"""British, American; words that look the same in all that is made from their stem are told once."""

ALWAYS_ISE = """
advertise advise arise bruise chastise circumcise comprise compromise concise cruise demise despise devise disguise
enterprise excise exercise expertise franchise guise improvise incise likewise merchandise noise otherwise paradise
poise praise precise premise promise raise revise rise supervise surmise surprise televise treatise wise
"""
"""Words that both write with an s."""
SHORTEST = 6
"""Letters of the shortest stem that is read as one of a verb in -ise: "utilis"."""


class Spellings:
    """The stems of British words as those of the American ones.

    Args:
        stem: gives a word's stem, one that leaves `-is` of what ends in -ise, -ising, -isation.
    """

    def __init__(self, stem: Callable[[str], str]) -> None:
        self._stem = stem
        pairs = [[stem(word) for word in pair.split()] for pair in PAIRS.replace("\n", " ").split(",")]
        self._american = {british: american for british, american in pairs if british != american}
        self._british: dict[str, list[str]] = {}
        for british, american in self._american.items():
            self._british.setdefault(american, []).append(british)
        self._always = frozenset(map(stem, ALWAYS_ISE.split()))

    def american(self, stems: Iterable[str]) -> list[str]:
        """The stems of the words in American spelling; the same stem where there is no other."""
        # Nearly all stay, so they are told apart without a call.
        return [self._one(stem) if stem[-2:] == "is" or stem in self._american else stem for stem in stems]

    def _one(self, stem: str) -> str:
        if stem in self._american:
            return self._american[stem]
        if len(stem) >= SHORTEST and stem not in self._always:
            return self._stem(f"{stem[:-2]}ize")
        return stem

    def all(self, stem: str) -> list[str]:
        """The stems under which a word of this American stem may stand, itself the first."""
        in_ise = f"{stem.removesuffix('iz')}is"
        return [stem, *self._british.get(stem, ()), *([in_ise] if self._one(in_ise) == stem else [])]
