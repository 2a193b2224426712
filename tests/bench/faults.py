"""Faults planted into true claims: how many the check of claims catches, and how many true claims it strikes.

    python -m tests.bench.faults [--data FOLDER] [--half first|second] [--cache FOLDER] [--show]

Claims are of the example articles and of newscluster. Rules were shaped on the first half of the articles (by hash of
their ids); the second is for the figure.
"""

from __future__ import annotations

import argparse
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from qa.check import Finding, check
from qa.types import Verdict
from tests.bench.planting import ROOT, Case, cases

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from index.embed import Embedder

STRUCK = {Verdict.UNSUPPORTED, Verdict.CONTRADICTED, Verdict.UNCITED}


def run(some: Sequence[Case], embedder: Embedder | None) -> list[tuple[Case, Finding]]:
    """Each case with its finding."""
    return [(case, check(case.text, case.cited, embedder=embedder)) for case in some]


def table(results: Sequence[tuple[Case, Finding]]) -> str:
    """Struck of all, by kind."""
    struck = Counter(case.kind for case, finding in results if finding.verdict in STRUCK)
    marked = Counter(case.kind for case, finding in results if finding.verdict is Verdict.PARTLY)
    every = Counter(case.kind for case, _ in results)
    rows = [
        f"{kind:<28}{struck[kind]:>5} of {every[kind]:<5} {struck[kind] / every[kind]:.3f}   partly {marked[kind]}"
        for kind in sorted(every)
    ]
    total = sum(struck.values()), sum(every.values())
    return "\n".join([*rows, f"{'all':<28}{total[0]:>5} of {total[1]:<5} {total[0] / total[1]:.3f}"])


def main() -> None:
    """Prints both tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared" / "data")
    parser.add_argument("--half", choices=("first", "second", "both"), default="second")
    parser.add_argument("--most", type=int, default=60, help="cases of each kind at the most")
    parser.add_argument("--cache", type=Path, help="folder of the converted embedding model; without it, words alone")
    parser.add_argument("--show", action="store_true", help="print what went wrong")
    options = parser.parse_args()
    embedder: Embedder | None = None
    if options.cache:
        from index.embed import open_embedder

        embedder = open_embedder(cache=options.cache)
    true, false = cases(options.data, options.half, most=options.most)
    print("true claims struck")
    kept = run(true, embedder)
    print(table(kept))
    print("faults caught")
    caught = run(false, embedder)
    print(table(caught))
    if options.show:
        _show("STRUCK", kept, lambda finding: finding.verdict in STRUCK)
        _show("MISSED", caught, lambda finding: finding.verdict not in STRUCK)


def _show(label: str, results: Sequence[tuple[Case, Finding]], wrong: Callable[[Finding], bool]) -> None:
    for case, finding in results:
        if wrong(finding):
            print(f"\n{label} {case.kind}: {case.text}\n  {finding.verdict} {finding.score:.2f} {finding.reason}")
            print("  cites: " + " | ".join(item.sentence.text for item in case.cited))


if __name__ == "__main__":
    main()
