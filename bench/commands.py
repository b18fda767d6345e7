"""How long the short commands take, and that they do without Textual."""

import re
import subprocess
import sys
import tempfile
from pathlib import Path

from bench.library import desk_on, settings_beside
from bench.process import READER, plain_environment, run
from bench.report import Goal, Row, Sample, print_table

_RUNS = 20
_FLOOR = [sys.executable, "-c", "import click"]
"""What a command line in Python cannot go below: the interpreter and the parser of arguments."""


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as folder:
        library = Path(folder) / "library.db"
        desk_on(library).close()
        environment = settings_beside(library)
        commands = {"reader --help": ["--help"], "reader export": ["--library", str(library), "export"]}
        times: dict[str, list[float]] = {name: [] for name in ["floor", *commands]}
        for _ in range(_RUNS + 1):  # in turn, so that what slows the machine down slows all of them
            times["floor"].append(run(_FLOOR).seconds * 1e3)
            for name, arguments in commands.items():
                times[name].append(run([READER, *arguments], environment).seconds * 1e3)
        samples = {name: Sample(tuple(values[1:])) for name, values in times.items()}  # the first warms up
        rows = []
        for name, arguments in commands.items():
            what = f"{name}{' of an empty library' if name == 'reader export' else ''}"
            rows.append(Row(what=what, floor=samples["floor"], ours=samples[name], goal=Goal(200)))
            loaded = Sample((_textual_modules(arguments, environment),))
            rows.append(Row(what=f"{name}: modules of textual loaded", ours=loaded, unit="", goal=Goal(0)))
    print_table("Short commands (floor: Python that imports click)", rows)


def _textual_modules(arguments: list[str], environment: dict[str, str]) -> float:
    ended = subprocess.run(
        [sys.executable, "-X", "importtime", READER, *arguments],
        env=plain_environment(environment),
        capture_output=True,
        check=True,
        text=True,
    )
    return len(re.findall(r"\| +(?:textual|rich)(?:\.|$)", ended.stderr, re.MULTILINE))


if __name__ == "__main__":
    main()
