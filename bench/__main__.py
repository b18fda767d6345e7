"""Runs the tables named, or all of them: ``python -m bench [TABLE …]``.

After ``cleaning`` files or folders of labelled documents may be named, to be measured instead of ours.
"""

import argparse
import os
import platform
from collections.abc import Callable
from pathlib import Path

from bench import (
    adding,
    board,
    claims,
    cleaning,
    commands,
    exporting,
    feeds,
    keys,
    launch,
    reanchoring,
    search,
)

TABLES: dict[str, Callable[[], None]] = {
    "commands": commands.main,
    "launch": launch.main,
    "keys": keys.main,
    "search": search.main,
    "board": board.main,
    "adding": adding.main,
    "exporting": exporting.main,
    "feeds": feeds.main,
    "claims": claims.main,
    "cleaning": cleaning.main,
    "reanchoring": reanchoring.main,
}


def main() -> None:
    """Run what the command line names."""
    parser = argparse.ArgumentParser(prog="python -m bench", description="Measure reader.")
    parser.add_argument("table", nargs="*", default=list(TABLES), help=f"of {', '.join(TABLES)}; all if none")
    named = parser.parse_args().table
    files = [name for name in named if name not in TABLES and "cleaning" in named and Path(name).exists()]
    named = [name for name in named if name not in files]
    if unknown := [name for name in named if name not in TABLES]:
        parser.error(f"no table is called {', '.join(unknown)}")
    load = os.getloadavg()[0]
    print(f"Python {platform.python_version()}, {os.cpu_count()} cores, {_processor()}, load {load:.2f}")
    for name in named:
        if name == "cleaning" and files:
            cleaning.measure([Path(file) for file in files])
        else:
            TABLES[name]()


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor() or platform.machine()
    return next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), "")


if __name__ == "__main__":
    main()
