"""The articles that the tests of the screens read, and libraries that hold them."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from reader.desk import Desk, open_desk
from reader.desk.cleaning import prepare
from reader.desk.marking import annotate
from reader.desk.reading import opened
from reader.ids import new_id, utc_now
from reader.model import Annotator, Incoming, Metadata, Span

GATE, FERRY, SCRIPTS, LONG = 1, 2, 3, 4
"""Numbers of the articles in the small library; the last one stands first in the list."""

OPENED = "The tide gate opened on Monday."
SAFE = "Mayor Ada Quill called it safe."
UNSURE = "Engineers were less sure."
FAILED = "The gate failed its first test, two engineers said."
REPORT = "Nobody has seen the report, and the council will not say why it is late."
MAY = "It will be read in May."
OPENING = f"{OPENED} {SAFE} {UNSURE}"
TESTED = f"{FAILED} {REPORT}"
GATE_TEXT = f"{OPENING}\n\n{TESTED}\n\n{MAY}\n"

FERRY_TEXT = (
    "The ferry makes its last crossing in March. The operator blames the tide gate.\n\n"
    "A petition against it has two thousand names.\n"
)

FAMILY = "\U0001f468\u200d\U0001f469\u200d\U0001f467"
ACCENT = "m\u0302"
"""An m with a circumflex: there is no single code point for it."""
HANGUL = "\u1112\u119e\u11ab"
"""An old syllable in three conjoining letters: there is no single code point for it either."""
SCRIPTS_TEXT = (
    f"We met a {FAMILY} at the harbour and an {ACCENT} in the word.\n\n"
    "潮門開了。工程師不相信。\n\n"
    f"{HANGUL} 항구는 조용했다 that day.\n"
)

PARAGRAPHS = 60
_RIVERS = ["Alder", "Birch", "Cedar", "Dogwood", "Elm", "Fir", "Gorse", "Hazel", "Ivy", "Juniper"]
LONG_TEXT = "\n\n".join(
    f"On day {day} the {_RIVERS[day % 10]} stood {day * 7 % 53} hands high and {day * 11 % 31} boats passed."
    for day in range(1, PARAGRAPHS + 1)
)


SAFE_TO_SAY, COST = "the gate is safe", "the cost"
"""The targets of the marks that `mark` makes."""


@dataclass(frozen=True)
class Story:
    """An article to be."""

    text: str
    title: str
    source: str = ""
    author: str = ""
    published: str = ""
    url: str = ""


SMALL = (
    Story(
        GATE_TEXT,
        "The tide gate opens",
        "Harbour Post",
        "Ben Marsh",
        "2026-03-02",
        "https://news.example/tide-gate",
    ),
    Story(FERRY_TEXT, "The ferry stops", "Evening Tide", published="2026-03-09"),
    Story(SCRIPTS_TEXT, "Ten scripts"),
    Story(LONG_TEXT, "Sixty days", "River Log", published="2026-01-30"),
)
MANY = tuple(
    Story(f"Boat {n} came in.\n\nIt carried {n} crates of fish.\n", f"Boat {n}") for n in range(1, 71)
)


def desk_of(library: Path, name: str = "Witness") -> Desk:
    """Another session on the library, of another annotator."""
    who = Annotator(id=f"annotator-{name}", name=name)
    return open_desk(library, annotator=who, clock=utc_now, new_id=new_id)


def fill(library: Path, stories: Sequence[Story]) -> None:
    """Add articles to a library, as an import of a corpus does."""
    drafts = [
        prepare(
            Incoming(
                raw=story.text.encode(),
                media="text",
                origin=f"{story.title}.txt",
                metadata=Metadata(
                    title=story.title,
                    source=story.source,
                    author=story.author,
                    published=story.published,
                    url=story.url,
                ),
            )
        )
        for story in stories
    ]
    with desk_of(library, "Importer") as desk:
        desk.store.articles.add(drafts)


def mark(library: Path) -> None:
    """Mark three articles of three sources, toward two targets."""
    with desk_of(library, "Coder") as desk:
        for number, marks in (
            (GATE, [("support", SAFE_TO_SAY), ("oppose", SAFE_TO_SAY), ("discuss", COST)]),
            (FERRY, [("oppose", SAFE_TO_SAY)]),
            (LONG, [("support", COST), ("support", SAFE_TO_SAY)]),
        ):
            revision = opened(desk, number).revision
            for place, (code, target) in enumerate(marks):
                span = Span(9 * place, 9 * place + 8)
                annotate(desk, revision, span, code, target, holder=f"H{place}")
