"""What a search costs as an archive grows: ten thousand, a hundred thousand and a million passages, as a table and picture.

usage: python -m tests.bench.curve FOLDER ARCHIVE [PICTURE.svg]

Each archive is made and measured as `tests.bench.million` tells, one after the other, in FOLDER; what was made before is
measured again. The picture needs matplotlib, which nothing else here does.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

SIZES = (10_000, 100_000, 1_000_000)
FILTERS = {"everything": "everything", "a hundredth": "a hundredth of it"}


def measured(folder: Path, archive: Path, size: int) -> dict[str, Any]:
    """The figures of an archive of so many passages; made where it is not there."""
    made = [] if (folder / "archive" / "manifest.json").exists() else [str(archive), str(size)]
    print(f"== {size:,} passages", flush=True)
    subprocess.run([sys.executable, "-m", "tests.bench.million", str(folder), *made], check=True)
    figures: dict[str, Any] = json.loads((folder / "figures.json").read_text(encoding="utf-8"))
    return figures


def draw(found: list[dict[str, Any]], picture: Path) -> None:
    """Time and memory over passages, both axes logarithmic."""
    import matplotlib as mpl

    mpl.use("svg")
    from matplotlib import pyplot as plt

    sizes = [one["passages"] for one in found]
    figure, (time, memory) = plt.subplots(1, 2, figsize=(9, 3.4), layout="constrained")
    for (name, label), colour in zip(FILTERS.items(), ("#7a2e1d", "#33658a"), strict=True):
        time.plot(sizes, [one[name]["p95_ms"] for one in found], "o-", color=colour, label=f"{label}, 95th percentile")
        time.plot(sizes, [one[name]["median_ms"] for one in found], "o--", color=colour, label=f"{label}, median")
    memory.plot(sizes, [one["resident_mb"] for one in found], "o-", color="#7a2e1d", label="resident, mapped files too")
    memory.plot(sizes, [one["own_mb"] for one in found], "o--", color="#33658a", label="of it not mapped from files")
    memory.plot(sizes, [one["disk_mb"] for one in found], "o:", color="#777777", label="on disk")
    for axis, unit in ((time, "question to hits, ms"), (memory, "MB")):
        axis.set(xscale="log", yscale="log", xlabel="passages", ylabel=unit)
        axis.xaxis.set_major_formatter("{x:,.0f}")
        axis.yaxis.set_major_formatter("{x:,.0f}")
        axis.yaxis.set_minor_formatter("{x:,.0f}" if axis is time else "")
        axis.grid(visible=True, which="major", alpha=0.3)
        axis.legend(fontsize=8, frameon=False)
        axis.spines[["top", "right"]].set_visible(False)
    figure.savefig(picture)


def main() -> None:
    folder, archive = Path(sys.argv[1]), Path(sys.argv[2])
    found = [measured(folder / str(size), archive, size) for size in SIZES]
    head = (
        "passages",
        "median ms",
        "p95 ms",
        "a hundredth p95",
        "recall",
        "resident MB",
        "own MB",
        "disk MB",
        "open s",
    )
    print("".join(f"{name:>17}" for name in head))
    for one in found:
        every, few = one["everything"], one["a hundredth"]
        cells = (every["median_ms"], every["p95_ms"], few["p95_ms"], every["recall"])
        rest = (one["resident_mb"], one["own_mb"], one["disk_mb"], one["open_s"])
        print(f"{one['passages']:>17,}" + "".join(f"{value:>17,.2f}" for value in (*cells, *rest)))
    if sys.argv[3:]:
        draw(found, Path(sys.argv[3]))


if __name__ == "__main__":
    main()
