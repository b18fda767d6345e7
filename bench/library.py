"""Libraries to measure on, made through the store's own door, and `reader` at work on them."""

import random
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

from bench.articles import SEED, latin, piece, wide
from bench.cache import prepared
from bench.process import READER
from bench.terminal import ROWS, Terminal
from reader.desk import Desk, open_desk
from reader.desk.cleaning import prepare
from reader.desk.marking import annotate
from reader.ids import new_id, utc_now
from reader.model import Annotator, Block, Canonical, Cleaned, Draft, Incoming, Link, Metadata, Segment, Span
from reader.text.canonical import text_sha256

MANY, FEW = 100_000, 1_000
"""How many articles a big and a small library hold."""

BIG: dict[str, Callable[[], str]] = {
    "10 KB": partial(latin, 10_000),
    "100 KB": partial(latin, 100_000),
    "1 MB": partial(latin, 1_000_000),
    "1 MB of CJK and emoji": partial(wide, 1_000_000),
}
"""The long articles that every library holds, in the order in which they stand in the list.

They stand below the newest article: row 1 of the list, counted from 0, is the first of them."""

MARKED = 10_000
"""How many articles of the library to export bear marks: ten each."""

OUTLETS, CLAIMS = 120, 400
"""How many sources and targets the library for the board has."""

OPENED = "1+ support"
"""A text that shows that an article is open: the first label of the stance bar."""

LISTED = " Library "
"""A text that shows that the list is in front."""

_BATCH = 1000
_MADE_BY = (
    "bench/articles.py",
    "bench/library.py",
    "reader/model.py",
    "reader/store/**/*.py",
    "reader/text/*.py",
    "reader/clean/**/*.py",
)


def desk_on(library: Path) -> Desk:
    """A desk on a library, made where it is missing."""
    return open_desk(library, annotator=Annotator(id="bench", name="bench"), clock=utc_now, new_id=new_id)


def library_of(count: int, folder: Path) -> Path:
    """A library of so many articles beside the big ones, copied into a folder to be changed at will."""
    return _copied(prepared(f"library-{count}", partial(_build, count=count), _MADE_BY), folder)


def marked_library(folder: Path) -> Path:
    """A library of 100,000 annotations on 10,000 articles, likewise."""
    return _copied(prepared("library-marked", _build_marked, _MADE_BY), folder)


def claims_library(folder: Path) -> Path:
    """The same number of them by `OUTLETS` sources toward `CLAIMS` targets, for the board; likewise."""
    return _copied(prepared("library-claims", partial(_build_marked, claims=True), _MADE_BY), folder)


def reader_in_terminal(library: Path) -> Terminal:
    """`reader` on a library in a terminal, with settings of its own beside the library."""
    environment = settings_beside(library) | {"READER_LIBRARY": str(library)}
    return Terminal([READER], environment=environment)


def list_marker(count: int) -> str:
    """A text that shows that the list is there: the number of an article near the end of the window."""
    return f" {count + len(BIG) - (ROWS - 8)} "


def settings_beside(library: Path) -> dict[str, str]:
    """The environment that keeps a person's own settings out of a measurement."""
    return {"READER_CONFIG_DIR": str(library.parent / "settings")}


def big_title(name: str) -> str:
    """The title of a big article."""
    return f"An article of {name}"


def _copied(source: Path, folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    return Path(shutil.copyfile(source / "library.db", folder / "library.db"))


def _build(folder: Path, *, count: int) -> None:
    with desk_on(folder / "library.db") as desk:
        for numbers in _batches(count - 1):
            desk.store.articles.add([_draft(number) for number in numbers])
        for name, text in reversed(BIG.items()):
            desk.store.articles.add([prepare(_big(name, text()))])
        desk.store.articles.add([_draft(count - 1)])


def _build_marked(folder: Path, *, claims: bool = False) -> None:
    with desk_on(folder / "library.db") as desk:
        for numbers in _batches(MARKED):
            drafts = [_draft(number) for number in numbers]
            if claims:
                drafts = [_of_outlet(draft, number) for draft, number in zip(drafts, numbers, strict=True)]
            added = desk.store.articles.add(drafts)
            with desk.store.transaction():
                for article in added:
                    _mark(desk, article.number, claims=claims)


def _of_outlet(draft: Draft, number: int) -> Draft:
    cleaned = draft.cleaned
    metadata = replace(cleaned.metadata, source=f"Outlet {number * 7919 % OUTLETS}")
    return draft._replace(
        incoming=replace(draft.incoming, metadata=metadata), cleaned=replace(cleaned, metadata=metadata)
    )


def _mark(desk: Desk, number: int, *, claims: bool) -> None:
    chance = random.Random(SEED + number)
    revision = desk.store.articles.revision(desk.store.articles.get(number))
    for _ in range(10):
        start = chance.randrange(len(revision.canonical.text) - 200)
        label = chance.choice(desk.scheme.labels)
        target = chance.choice(("", "the new bridge", "the harbour expansion"))
        if claims and target:
            # Few targets have most of the marks, as in life.
            target = f"{target}, claim {int(CLAIMS / 2 * chance.random() ** 3)}"
        annotate(
            desk,
            revision,
            Span(start, start + chance.randrange(20, 200)),
            label.code,
            target,
            note="=checked" if chance.random() < 0.1 else "",
            tags=("budget", "port") if chance.random() < 0.2 else (),
            holder=f"Spokesperson {chance.randrange(300)}" if claims and chance.random() < 0.4 else "",
        )


def _batches(count: int) -> Iterator[range]:
    return (range(first, min(first + _BATCH, count)) for first in range(0, count, _BATCH))


def _big(name: str, text: str) -> Incoming:
    return Incoming(
        raw=text.encode(),
        media="text",
        origin=f"/news/{name}.txt",
        metadata=Metadata(title=big_title(name), source="The Harbour Post", published="2026-03-02"),
        encoding="utf-8",
    )


def _draft(number: int) -> Draft:
    """What cleaning makes of an article that needs none, without the seconds that it takes for thousands."""
    made = piece(number)
    text = made.text
    metadata = Metadata(
        title=made.title,
        url=made.url,
        source=made.source,
        author=made.author,
        published=made.published,
        language="en",
    )
    return Draft(
        incoming=Incoming(
            raw=text.encode(), media="text", origin=f"/news/{number}.txt", metadata=metadata, encoding="utf-8"
        ),
        cleaned=Cleaned(
            page_text=text,
            segments=(Segment(0, len(text), "keep", "", ""),),
            markdown=text,
            metadata=metadata,
            cleaner="bench/1",
            encoding="utf-8",
        ),
        canonical=Canonical(text, tuple(_blocks(made.paragraphs)), ()),
        links=(Link(0, 0, len(text)),),
        sha256=text_sha256(text),
    )


def _blocks(paragraphs: tuple[str, ...]) -> Iterator[Block]:
    start = 0
    for paragraph in paragraphs:
        yield Block(start, start + len(paragraph), "paragraph")
        start += len(paragraph) + 2
