"""Whether the outlet that a claim is introduced by is the outlet that it cites."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from qa.checks.faults import Fault, Kind
from qa.checks.names import names, unknown
from qa.checks.words import words
from qa.types import Verdict

if TYPE_CHECKING:
    from qa.checks.evidence import Evidence

SOURCE = re.compile(
    r"^(?:according to|as reported by)\s+(?P<first>[^:,“”\"]{2,60}?)\s*[:,]\s"
    r"|^(?P<third>(?:[\w-]+\.)+[a-z]{2,})\s"
    r"|^(?P<second>[^:,“”\"]{2,60}?)(?:\s+(?:reports?|reported|writes?|wrote|says?|said|quotes?))?\s*:\s",
    re.IGNORECASE,
)


def outlet_faults(text: str, proof: Evidence) -> list[Fault]:
    """A fault if the claim is introduced as the account of an outlet that is not cited."""
    match = SOURCE.match(text)
    source = (match["first"] or match["second"] or match["third"]) if match else None
    if not source or not source.strip() or any(same_outlet(source, outlet) for outlet in proof.outlets):
        return []
    named = names("x " + source)
    if "." not in source and not all(word.capital or not word.content for word in words(source)):
        return []
    if named and not any(unknown(name, proof.vocabulary) for name in named):
        return []
    cited = " and ".join(proof.outlets)
    if cited:
        return [Fault(Kind.OUTLET, Verdict.CONTRADICTED, f"The cited article is from {cited}, not from {source}.")]
    return [Fault(Kind.OUTLET, Verdict.UNSUPPORTED, f"Nothing shows that the cited article is from {source}.")]


def same_outlet(one: str, other: str) -> bool:
    """Whether two names are one outlet's: "www.the-post.com", "The Post"."""
    return _squashed(one) == _squashed(other)


def _squashed(outlet: str) -> str:
    plain = re.sub(r"^(?:https?://)?(?:www\.|edition\.|m\.)?", "", outlet.lower().strip())
    plain = re.sub(r"\.(?:com|org|net|co\.uk|co|uk|ca|au|com\.au|ie|in|eu|info|tv)(?:/.*)?$", "", plain)
    return re.sub(r"^the|[^a-z0-9]", "", plain)
