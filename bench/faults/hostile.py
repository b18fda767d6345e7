"""A library in which every text that comes from outside is hostile."""

import json
import sqlite3
from collections.abc import Sequence
from pathlib import Path

from bench.faults.nasty import LONG, MARKUP, NASTY, SEQUENCES, UNICODE
from bench.library import desk_on, settings_beside
from reader.desk import linking, open_desk, queries, subscribing
from reader.desk.cleaning import prepare
from reader.desk.marking import annotate
from reader.desk.reading import opened, set_tags
from reader.ids import new_id, utc_now
from reader.model import Annotator, Incoming, Span

_SHOWN = (*SEQUENCES, *MARKUP, *UNICODE, *LONG[:2])

FIELDS: dict[str, tuple[str, ...]] = {
    "article": ("title", "url", "source", "author", "published", "origin"),
    "annotator": ("name",),
    "annotation": ("note", "holder"),
    "target": ("text",),
    "tag": ("tag",),
    "article_tag": ("tag",),
    "feed": ("url", "name", "title", "home", "folder", "error"),
    "saved_query": ("name", "query"),
    "relation": ("note",),
    "scheme": ("description",),
    "label": ("name", "definition"),
    "event": ("what",),
}
"""The columns of the library that hold what somebody wrote, by table."""


def marker(table: str, column: str) -> str:
    """What stands at the beginning of what a column holds, short enough to be seen in a narrow one."""
    tables = list(FIELDS)
    return f"Ж{tables.index(table):x}{FIELDS[table].index(column)}"


def make_hostile(path: Path, *, articles: int = 30) -> Path:
    """A library whose articles, marks, targets, tags, feeds, queries, labels and people are all hostile.

    It is made through the desk and then changed in the file: so it holds also what no importer would let
    in, as a library that somebody else sends may.
    """
    _write_scheme(path)
    with desk_on(path) as desk:
        text = "\n\n".join(f"{nasty} said the mayor." for nasty in NASTY)
        desk.store.articles.add(
            [
                prepare(Incoming(raw=f"Story {n}\n\n{text}\n".encode(), media="text", origin=f"story-{n}"))
                for n in range(articles)
            ]
        )
        codes = [label.code for label in desk.scheme.labels]
        for number in range(1, articles + 1):
            revision = opened(desk, number).revision
            found = revision.canonical
            starts = [block.start for block in found.blocks if block.start + 15 < len(found.text)]
            marks = [
                annotate(
                    desk,
                    revision,
                    Span(starts[(3 * number + n) % len(starts)], starts[(3 * number + n) % len(starts)] + 15),
                    codes[n % len(codes)],
                    f"target {(number + n) % 12}",
                    note="note",
                    holder="holder",
                    tags=("tag", "tug"),
                )
                for n in range(3)
            ]
            if number < 4:
                linking.link(desk, marks[0], marks[1], "supports")
                linking.link(desk, marks[0], marks[2], "contradicts")
            set_tags(desk, opened(desk, number).article.id, ["tag", "tug"])
        outlines = "".join(
            f'<outline text="folder {n % 3}"><outline text="feed" xmlUrl="https://x.example/{n}"/></outline>'
            for n in range(8)
        )
        list(subscribing.take_list(desk, f"<opml><body>{outlines}</body></opml>".encode(), "feeds.opml"))
        for n in range(4):
            queries.save(desk, f"query {n}", "mayor")
    other = Annotator(id="other", name="other")
    with open_desk(path, annotator=other, clock=utc_now, new_id=new_id) as desk:
        for number in range(1, 4):
            annotate(desk, opened(desk, number).revision, Span(0, 12), codes[number], "target 1", note="note")
    connection = sqlite3.connect(path)
    try:
        with connection:
            for table, columns in FIELDS.items():
                for column in columns:
                    _spoil(connection, table, column)
            # What is searched is what stands there.
            connection.execute("INSERT INTO article_fts (article_fts) VALUES ('rebuild')")
            connection.execute("UPDATE feed SET notes = ?", (json.dumps(list(_SHOWN)),))
    finally:
        connection.close()
    return path


def _spoil(connection: sqlite3.Connection, table: str, column: str) -> None:
    """Put another nasty string into a column of each of a table's rows, each unlike every other."""
    keys = [row[0] for row in connection.execute(f'SELECT DISTINCT "{column}" FROM "{table}" ORDER BY 1')]
    per_row = table in ("article", "annotation", "feed", "target", "saved_query", "annotator", "event")
    if per_row:
        first = "number" if table in ("article", "feed", "target") else "id"
        keys = [row[0] for row in connection.execute(f'SELECT "{first}" FROM "{table}" ORDER BY 1')]
    where = first if per_row else column
    offset = sum(map(ord, column))
    for place, key in enumerate(keys):
        nasty = _SHOWN[(place + offset) % len(_SHOWN)]
        mark = marker(table, column)
        connection.execute(
            f'UPDATE "{table}" SET "{column}" = ? WHERE "{where}" IS ?', (f"{mark}{nasty}{place}", key)
        )


def _write_scheme(library: Path) -> None:
    """A scheme of one's own with everything in it that such a file can hold."""
    folder = Path(settings_beside(library)["READER_CONFIG_DIR"]) / "schemes"
    folder.mkdir(parents=True, exist_ok=True)
    printable: Sequence[str] = [nasty.strip() for nasty in (*MARKUP, *UNICODE) if nasty.strip().isprintable()]
    labels = "".join(
        f'[[label]]\nkey = "{n}"\ncode = "code{n}"\nname = {_toml(f"label{n}" + printable[n])}\n'
        f'symbol = "{"abcdefghi"[n]}"\ncolour = "support"\ndefinition = {_toml("def" + printable[-n])}\n'
        for n in range(1, 6)
    )
    head = f'name = "hostile"\nversion = 1\ndescription = {_toml("about" + printable[2])}\n'
    (folder / "hostile.toml").write_text(head + labels, encoding="utf-8")
    (folder / "bad\x1b[31m.toml").write_text('name = "\x1b]52;c;x\x07"\n', encoding="utf-8", newline="")
    (folder / "worse.toml").write_text('name = "\\u001b[31m[/red]"\nversion = "\\u009b"\n', encoding="utf-8")


def _toml(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
