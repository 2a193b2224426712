"""Invented documents that reports are made of."""

from __future__ import annotations

from index.types import Article
from qa.compare.types import Account, Comparison, Finding, FindingKind, Step
from qa.stories.types import First, Happening, Missing, OutletQuotes, Quoted, Speaker, Timeline, Why
from qa.types import Abstained, Answer, Citation, Claim, Outlets, Review, Searched, Verdict


def citation(marker: int, quote: str, outlet: str | None = "Alder Courier", **known: str | None) -> Citation:
    given: dict[str, str | None] = {
        "title": "Talks end in Sandhaven",
        "published": "2026-03-04",
        "url": f"https://news.example/{marker}",
        "path": "courier.txt",
    }
    start = 100 * marker
    return Citation.model_validate(
        given
        | known
        | {
            "marker": marker,
            "article_id": f"{marker:016x}",
            "outlet": outlet,
            "start": start,
            "end": start + len(quote),
            "quote": quote,
        }
    )


def comparison(*words: str) -> Comparison:
    """A small comparison; `words` stand in for its texts where they are given, one after the other."""
    given = iter(words)

    def text(own: str) -> str:
        return next(given, own)

    quotes = (
        citation(1, text("The talks lasted nine hours & ended without a deal.")),
        citation(2, text("“We had a good discussion,” Vasko said."), text("The Gazette"), title=text("“Good” talks")),
        citation(3, text("“We had good discussions,” Vasko said."), "Northline", url=text("ftp://no.example/3")),
    )
    claims = [Claim(text=text(c.quote), citations=(c.marker,), verdict=Verdict.SUPPORTED) for c in quotes]
    steps = (
        Step(step="equal", one="we had", other="we had"),
        Step(step="delete", one=text("a"), other=""),
        Step(step="equal", one="good", other="good"),
        Step(step="replace", one="discussion", other=text("discussions")),
    )
    return Comparison(
        question=text("How long did the talks last, and how were they?"),
        outlets=(
            Account(outlet="Alder Courier", stated=True, claims=(claims[0],), printed_by=("Dispatch",), articles=2),
            Account(outlet=text("The Gazette"), stated=True, claims=tuple(claims[1:]), articles=1),
            Account(outlet="Tidewatch", stated=False, articles=1),
        ),
        citations=quotes,
        findings=(
            Finding(
                kind=FindingKind.ONLY,
                text=text("Only Alder Courier tells how long."),
                citations=(1,),
                independent=1,
                of=3,
            ),
            Finding(
                kind=FindingKind.DIFFER_WORDING,
                text=text("The Gazette and Northline quote Vasko in different words."),
                citations=(2, 3),
                independent=1,
                of=3,
                steps=steps,
            ),
        ),
    )


def answer(*words: str) -> Answer:
    """An answer with a claim that stands and one that was struck."""
    given = iter(words)
    quotes = (citation(4, next(given, "The dam holds.")), citation(7, next(given, "The dam held.")))
    return Answer(
        question=next(given, "Does the dam hold?"),
        asked="Does the dam at Orren hold?",
        mode="quote",
        claims=(Claim(text=next(given, "The dam holds."), citations=(4,), verdict=Verdict.SUPPORTED),),
        struck=(
            Claim(
                text=next(given, "It fell."), citations=(), verdict=Verdict.UNCITED, reason=next(given, "cites nothing")
            ),
        ),
        citations=quotes,
        outlets=Outlets(cited=("Alder Courier",), searched=("Alder Courier",)),
        independent=1,
        notes=(next(given, "The model could not be reached."),),
    )


def abstained(*words: str) -> Answer:
    """A question that has no answer."""
    given = iter(words)
    near = (citation(1, next(given, "The dam is old.")),)
    reason = next(given, "No article says so.")
    return Answer(
        question="Does the dam hold?",
        asked="Does the dam hold?",
        mode="quote",
        abstained=Abstained(reason=reason, searched=Searched(articles=12, outlets=("Alder Courier",)), nearest=near),
    )


def review(*words: str) -> Review:
    """A checked draft."""
    given = iter(words)
    quotes = (citation(1, next(given, "The talks lasted nine hours.")),)
    return Review(
        claims=(
            Claim(text=next(given, "They lasted nine hours."), citations=(1,), verdict=Verdict.SUPPORTED),
            Claim(
                text=next(given, "They lasted two."),
                citations=(1,),
                verdict=Verdict.CONTRADICTED,
                reason=next(given, "the article says nine"),
            ),
        ),
        citations=quotes,
        left_alone=(next(given, "What a day."),),
    )


def articles(*words: str) -> tuple[Article, ...]:
    """The articles of a story."""
    given = iter(words)
    return tuple(
        Article(f"{n:016x}", "a.txt", "", "", next(given, f"Headline {n}"), next(given, f"Outlet {n}"), "2026-03-04")
        for n in range(2)
    )


def timeline(*words: str) -> Timeline:
    """Two days of a story."""
    given = iter(words)
    quotes = tuple(citation(n, next(given, f"The ferry sank on Monday, number {n}.")) for n in (1, 2))
    outlets = (next(given, "Alder Courier"), "The Gazette")
    one = Happening(day="2026-03-02", announced=False, text=next(given, "The ferry sank on Monday."), when=("Monday",) * 2, citations=(1, 2), outlets=outlets, independent=2)  # fmt: skip
    other = Happening(day="2026-03-06", announced=True, text="They will meet on Friday.", when=("Friday",), citations=(2,), outlets=outlets[1:], independent=1)  # fmt: skip
    first = First(outlet=next(given, "The Gazette"), published="2026-03-03", article_id="a", title=next(given, "Ferry sinks"), url=None, same_day=1)  # fmt: skip
    return Timeline(entries=(one, other), citations=quotes, first=(first,))


def quoted(*words: str) -> Quoted:
    """Who is quoted in a story."""
    given = iter(words)
    quotes = tuple(citation(n, next(given, f"Vasko said {n}.")) for n in (1, 2))
    vasko = Speaker(name=next(given, "Elira Vasko"), direct=2, indirect=1, mixed=0, accounts=(next(given, "Meridian Wire"), "Northline"), citations=(1, 2))  # fmt: skip
    brandt = Missing(name=next(given, "Tomas Brandt"), why=Why.QUOTED_ELSEWHERE, by=("Gazette", "Northline"), citations=(2,))  # fmt: skip
    lodria = Missing(name="Lodria", why=Why.BLAMED, by=(next(given, "Elira Vasko"),), citations=(1,))
    courier = OutletQuotes(outlet=next(given, "Alder Courier"), articles=1, prints=("Meridian Wire",), speakers=(vasko,), unnamed=2, missing=(lodria, brandt))  # fmt: skip
    return Quoted(speakers=(vasko,), outlets=(courier,), citations=quotes)
