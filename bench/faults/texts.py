"""R13: any text at all through add, show, open, mark, export and import."""

import asyncio
import csv
import io
import os
import random
import tempfile
import unicodedata
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path

from bench.faults.nasty import FORMULAS, MARKUP, NASTY, SEQUENCES, UNICODE
from bench.faults.report import Outcome
from bench.faults.stream import strange_in_lines
from bench.library import desk_on
from bench.report import progress
from reader.desk import Desk
from reader.desk.cleaning import prepare
from reader.desk.exporting import export
from reader.desk.importing import import_marks
from reader.desk.marking import annotate
from reader.desk.originals import original
from reader.desk.reading import opened
from reader.desk.workers import Failed, ordered_map
from reader.errors import InputError, ReaderError
from reader.exchange import FORMATS
from reader.exchange.csv import FORMULA
from reader.model import Draft, Incoming, Media, Metadata, Span
from reader.text.spans import trim
from reader.text.visible import visible

_BATCH = 250
_WORDS = (
    "the mayor",
    "said that",
    "gate is safe",
    "on Monday",
    "nobody asked",
    "“yes”",
    "–",
    "12,5 %",
    "Mr.",
    "U.S.",
)
_SYNTAX = (
    *("# ", "> ", "* ", "1. ", "```\n", "    ", "---\n", "| a | b |\n|---|---|\n", "**", "_", "`", "[a](b)"),
    *("<p>", "</p>", "<b>", "<br>", "<h1>", "<ul><li>", "<table><tr><td>", "<!--", "-->", "<script>"),
    *("</script>", "&nbsp;", "&#0;", "&#x110000;", "&amp;lt;", "[caption]", "[/caption]", "Read more"),
)
_RANGES = (
    *((0, 0x7F), (0x80, 0x24F), (0x300, 0x36F), (0x590, 0x6FF), (0x900, 0xDFF), (0xE00, 0x11FF)),
    *((0x2000, 0x206F), (0x3000, 0x9FFF), (0xAC00, 0xD7FF), (0xE000, 0xFFFF), (0x10000, 0x1FFFF)),
    *((0xE0000, 0xE01EF), (0x20000, 0x10FFFF)),
)
_MEDIA: tuple[Media, ...] = ("text", "markdown", "html")


def any_text(chance: random.Random) -> str:
    """A text of words, of nasty strings, of syntax and of characters of all kinds, in any order."""
    pieces = []
    for _ in range(chance.choice((1, 3, 10, 40))):
        kind = chance.random()
        if kind < 0.45:
            words = chance.choices(_WORDS, k=chance.randrange(1, 12))
            pieces.append(" ".join(words) + chance.choice(". ,\n"))
        elif kind < 0.6:
            pieces.append(chance.choice(chance.choice((SEQUENCES, MARKUP, UNICODE, FORMULAS))))
        elif kind < 0.75:
            pieces.append(chance.choice(_SYNTAX))
        elif kind < 0.77:
            pieces.append(chance.choice(NASTY))
        else:
            first, last = chance.choice(_RANGES)
            codes = (chance.randrange(first, last + 1) for _ in range(chance.randrange(1, 20)))
            pieces += [chr(code) for code in codes if not 0xD800 <= code <= 0xDFFF]
        pieces.append(chance.choice(("", " ", "\n", "\n\n", "\r\n", "\t")))
    return "".join(pieces)


def any_article(seed: int) -> Incoming:
    """The article of a seed: mostly UTF-8, some in other encodings, some broken."""
    chance = random.Random(seed)
    text = any_text(chance)
    kind = chance.random()
    if kind < 0.85:
        raw = text.encode()
    elif kind < 0.9:
        raw = text.encode(chance.choice(("utf-16", "utf-8-sig", "utf-32")))
    elif kind < 0.95:
        raw = text.encode("cp1252", "replace")
    else:
        broken = bytearray(text.encode())
        for _ in range(chance.randrange(1, 20)):
            broken[chance.randrange(len(broken))] = chance.randrange(256) if broken else 0
        raw = bytes(broken)
    known = {
        name: any_text(chance)[:400] if chance.random() < 0.3 else ""
        for name in ("title", "source", "author", "url")
    }
    return Incoming(raw=raw, media=_MEDIA[seed % 3], origin=f"any-{seed}", metadata=Metadata(**known))


def texts(cases: int = 50_000) -> Outcome:
    """Take `cases` generated articles through everything, in both processors at once."""
    broken: list[str] = []
    refused = marks = 0
    batches = [range(first, min(first + _BATCH, cases)) for first in range(0, cases, _BATCH)]
    for done, result in enumerate(ordered_map(tried, batches, weight=len)):
        if done % 10 == 0:
            progress(f"R13 any text: {done * _BATCH:,} of {cases:,}")
        if isinstance(result, Failed):
            broken.append(f"{result.item}: {result.error} {result.details}")
            continue
        lines, none, made = result
        broken += lines
        refused += none
        marks += made
    figure = f"{len(broken)} broken, {marks:,} marks in their places, {refused:,} without any text"
    return Outcome("R13 any text", f"{cases:,} articles", figure, broken)


def tried(seeds: Sequence[int]) -> tuple[list[str], int, int]:
    """What was wrong with the articles of these seeds, how many held no text, how many marks were made."""
    broken: list[str] = []
    drafts: list[Draft] = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        os.environ["READER_CONFIG_DIR"] = str(folder)
        for seed in seeds:
            try:
                drafts.append(prepare(any_article(seed)))
            except InputError:
                continue
            except Exception as error:
                broken.append(f"seed {seed}: add: {type(error).__name__}: {error!s:.200}")
        with desk_on(folder / "one.db") as one:
            added = one.store.articles.add(drafts)
            one.store.backup(folder / "two.db")
        with desk_on(folder / "one.db") as one, desk_on(folder / "two.db") as two:
            numbers = sorted({article.number for article in added})
            chance = random.Random(seeds[0])
            marks = 0
            for number in numbers:
                for line in _through(one, number, chance):
                    broken.append(f"seeds {seeds[0]}…, article {number}: {line}")
            marks, lines = _there_and_back(one, two, folder)
            broken += [f"seeds {seeds[0]}…: {line}" for line in lines]
    return broken, len(seeds) - len(drafts), marks


def _through(desk: Desk, number: int, chance: random.Random) -> Iterator[str]:
    """Show, lay out and mark one article."""
    from reader.tui.painting import Sheet

    try:
        article = opened(desk, number)
        text = article.revision.canonical.text
        if not unicodedata.is_normalized("NFC", text):
            yield "the text is not NFC"
        shown = visible(text)
        if len(shown) != len(text):
            yield "what is shown has another length"
        yield from strange_in_lines(shown.encode())
        sheet = Sheet(article.revision.canonical)
        for width in (7, 72):
            starts = sheet.layout(width).starts
            if sorted(set(starts)) != list(starts):
                yield f"rows that do not follow each other at {width} cells"
        original(desk, article.article)
        for _ in range(2):
            ends = sorted(chance.choices(range(len(text) + 1), k=2))
            span = trim(text, Span(*ends))
            if text[span.start : span.end].strip():
                _mark(desk, number, span, chance)
    except Exception as error:
        yield f"{type(error).__name__}: {error!s:.200}"


def _mark(desk: Desk, number: int, span: Span, chance: random.Random) -> None:
    codes = [label.code for label in desk.scheme.labels]
    tag, holder, note = (any_text(chance)[:60] for _ in range(3))
    code = chance.choice(codes)
    # What a field cannot hold is refused in one line, which is no crash.
    with suppress(ReaderError):
        revision = opened(desk, number).revision
        annotate(desk, revision, span, code, holder, note=note, holder=holder, tags=(tag,))


def _there_and_back(one: Desk, two: Desk, folder: Path) -> tuple[int, list[str]]:
    """Export in every format, look at each quote, import into the other library: marks, and what is wrong."""
    broken = [*one.store.check(), *two.store.check()]
    marks = 0
    for form in FORMATS:
        path = folder / f"marks{form.suffix}"
        try:
            export(one, path, form.name)
        except Exception as error:
            broken.append(f"export {form.name}: {type(error).__name__}: {error!s:.200}")
    table = csv.DictReader(io.StringIO((folder / "marks.csv").read_bytes().decode(), newline=""))
    seen: dict[str, str] = {}
    for row in table:
        marks += 1
        if row["article_id"] not in seen:
            article = one.store.articles.get(row["article_id"])
            seen[row["article_id"]] = one.store.articles.revision(article).canonical.text
        quote = row["quote"]
        if quote.startswith("'") and FORMULA.match(quote):
            quote = quote[1:]
        if seen[row["article_id"]][int(row["start"]) : int(row["end"])] != quote:
            broken.append(f"annotation {row['annotation_id']}: its quote is not its text")
    told: list[str] = []
    try:
        imported = import_marks(two, folder / "marks.csv", tell=lambda problem: told.append(problem.message))
        if imported.counts.get("added", 0) != len({*_ids(folder)}):
            broken.append(f"import: {imported}; {told[:2]}")
        export(two, folder / "again.csv")
        if _contents(folder / "again.csv") != _contents(folder / "marks.csv"):
            broken.append("what was imported is not what was exported")
    except Exception as error:
        broken.append(f"import: {type(error).__name__}: {error!s:.200}")
    return marks, broken + two.store.check()


def _ids(folder: Path) -> list[str]:
    content = (folder / "marks.csv").read_bytes().decode()
    return [row["annotation_id"] for row in csv.DictReader(io.StringIO(content, newline=""))]


def _contents(path: Path) -> list[tuple[str, ...]]:
    """What a table says."""
    rows = csv.reader(io.StringIO(path.read_bytes().decode(), newline=""))
    return sorted(tuple(row) for row in rows)


def in_the_app(articles: int = 400) -> Outcome:
    """Open generated articles in the program one after the other, mark in each, and look at the log."""
    broken = asyncio.run(_opened_in_the_app(articles))
    figure = f"{len(broken)} broken"
    return Outcome("R13 any text in the app", f"{articles:,} articles opened", figure, broken)


async def _opened_in_the_app(articles: int) -> list[str]:
    from textual import events

    from reader.settings import load_settings, log_path
    from reader.tui.app import ReaderApp
    from reader.tui.reading import ReadingScreen

    broken: list[str] = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        os.environ["READER_CONFIG_DIR"] = str(folder)
        drafts = []
        for seed in range(articles):
            with suppress(InputError):
                drafts.append(prepare(any_article(seed)))
        with desk_on(folder / "library.db") as desk:
            desk.store.articles.add(drafts)
        app = ReaderApp(folder / "library.db", load_settings())
        async with app.run_test(size=(100, 30)) as pilot:
            await pilot.press("enter")
            for place in range(len(drafts)):
                if place % 50 == 0:
                    progress(f"R13 any text in the app: {place} of {articles}")
                keys = ("}", "1", "V", "V", "2", "]", "r", "G", "r", "$", "w", "G", "b", "3", "u", "J")
                await pilot.press(*keys)
                assert isinstance(app.screen, ReadingScreen)
                opened_now = app.screen.opened
                for mark in app.screen.page.marks.annotations:
                    text = app.screen.page.sheet.canonical.text
                    if text[mark.span.start : mark.span.end] != mark.anchor.exact:
                        broken.append(f"{opened_now and opened_now.article.number}: a quote is not its text")
                for strip in app.screen._compositor.render_strips(app.size):
                    broken += [f"{place}: {one}" for one in strange_in_lines(strip.text.encode())]
            app.post_message(events.Key("q", "q"))
        if log_path().exists():
            broken.append(log_path().read_text(encoding="utf-8")[-800:])
    return broken
