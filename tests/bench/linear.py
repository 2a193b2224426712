"""Whether adding costs the same for every article, however many there are.

usage: python -m tests.bench.linear FOLDER [COUNT ...]

Adds so many articles of archive and newsquiz to an archive of their own in FOLDER, 1,000, 5,000 and 20,000 where none are
told, each in a process of its own, as `rashomon add --no-statements` does. The embedding is a fake one: a real one costs
the same for every passage, and would hide what the rest does.
"""

from __future__ import annotations

import sys
from pathlib import Path

from index.build import SAVE_EVERY
from tests.bench.growth import alone, rows, write

COUNTS = (1_000, 5_000, 20_000)


def main() -> None:
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    every = list(rows())
    print(f"{'articles':>9}{'seconds':>9}{'embedding':>11}{'the rest, ms an article':>25}")
    for count in [int(argument) for argument in sys.argv[2:]] or COUNTS:
        source = write(folder / f"{count}.jsonl", every[:count])
        whole, embedding, _ = alone(folder / f"archive-{count}", source, SAVE_EVERY)
        print(f"{count:>9,}{whole:>9.1f}{embedding:>11.1f}{1000 * (whole - embedding) / count:>25.1f}", flush=True)


if __name__ == "__main__":
    main()
