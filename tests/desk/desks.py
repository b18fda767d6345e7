"""A desk on a real library, and articles in it, for the tests of this room."""

import itertools
from pathlib import Path

from reader.desk import Desk, open_desk
from reader.desk.adding import add
from reader.desk.reading import Opened, opened
from reader.ids import new_id
from reader.model import Added, Annotator, Problem

PROSE = (
    "Mayor Ada Quill opened the new tide gate on Monday.\n\n"
    "She said the gate would keep the harbour dry for a century. "
    "Engineers were less sure, and the gate failed its first test.\n\n"
    "The gate cost nine million crowns, the council said.\n"
)


def desk_at(path: Path, name: str = "Ada") -> Desk:
    """A desk on the library at this path, with a clock that ticks a second each time it is read."""
    seconds = itertools.count()
    return open_desk(
        path,
        annotator=Annotator(id=f"annotator-{name}", name=name),
        clock=lambda: f"2026-03-02T09:{(now := next(seconds)) // 60:02}:{now % 60:02}.000Z",
        new_id=new_id,
    )


def add_text(desk: Desk, folder: Path, text: str = PROSE, name: str = "story.txt") -> Opened:
    """Add one article, and open it."""
    path = folder / name
    path.write_text(text, encoding="utf-8")
    (outcome,) = add(desk, [str(path)])
    assert isinstance(outcome, Added), outcome
    return opened(desk, outcome.number)


def outcomes(results: list[Added | Problem]) -> list[str]:
    """What became of each: its outcome, or ``failed``."""
    return [result.outcome if isinstance(result, Added) else "failed" for result in results]
