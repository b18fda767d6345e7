"""A library as each release left it: made by that release's own statements, with rows that lived on.

The statements of a migration never change (`test_store_schema` sees to that), and the rows here are SQL that
was written down, so neither follows the program as it is now. Whoever adds a migration adds rows for it.
"""

# ruff: noqa: E501 - SQL, a row a line

import hashlib
import zlib
from pathlib import Path

from libraries import ANN
from sqlite_utils import Database, Migrations

from reader.store import schema
from reader.store.driver import sqlite

_TEXTS = ("The bridge is safe.", "Engineers doubt that the bridge is safe. They want another year.")
_RAW = [text.encode().hex() for text in _TEXTS]
_PACKED = [zlib.compress(text.encode()).hex() for text in _TEXTS]
_BYTES = [hashlib.sha256(text.encode()).hexdigest() for text in _TEXTS]
_METADATA = '{"title":"A bridge","url":"","source":"","author":"","published":"","language":""}'
_ANCHOR = '{"revision_id":"r1","start":0,"end":10,"exact":"The bridge","prefix":"","suffix":" is safe.","status":"ok"}'
_IMAGE = (
    '{"note":"why","holder":"the mayor","voice":"quoted","confidence":2,"tags":["a","b"],"stances":'
    f'[["the bridge","stance","support"]],"anchor":{_ANCHOR},"deleted":false}}'
)


def _revision(number: int) -> str:
    text = _TEXTS[number - 1]
    return (
        f"INSERT INTO revision VALUES ({number}, 'r{number}', {number}, {number}, '{_BYTES[number - 1]}', 'plain/1',"
        f""" '2026-01-02', '[[0,{len(text)},"paragraph"]]', '[]', '{text}', '[[0,0,{len(text)}]]',"""
        f""" '[[0,{len(text)},"keep","","article"]]', NULL)"""
    )


ROWS: dict[str, tuple[str, ...]] = {
    "library": (
        f"INSERT INTO annotator VALUES ('{ANN.id}', 'Ann'), ('other', 'Ben')",
        *(
            "INSERT INTO article (number, id, title, url, source, author, published, language, url_key, origin, read,"
            f" starred, position, added_at, updated_at) VALUES ({number}, 'a{number}', 'A bridge', 'https://x.example/{number}',"
            f" 'The Post', 'A. Quill', '2026-01-0{number}', 'en', 'x.example/{number}', 'f{number}.txt', 1, 0, 3, '2026-01-02',"
            " '2026-01-02')"
            for number in (1, 2)
        ),
        *(
            f"INSERT INTO original VALUES ({number}, 'o{number}', {number}, x'{_BYTES[number - 1]}', 'text', 'utf-8',"
            f" 'f{number}.txt', '{_METADATA}', '2026-01-02', x'{_PACKED[number - 1]}', NULL)"
            for number in (1, 2)
        ),
        _revision(1),
        _revision(2),
        "UPDATE article SET shown = number",
        "INSERT INTO article_fts (rowid, title, text) SELECT number, title, text FROM article_shown",
        "INSERT INTO annotation VALUES"
        f" (1048577, 'm1', 1, '{ANN.id}', 'why', 'the mayor', 'quoted', 2, '2026-01-03', '2026-01-04', NULL),"
        " (2097153, 'm2', 2, 'other', '', '', '', NULL, '2026-01-03', '2026-01-03', NULL),"
        " (2097154, 'm3', 2, 'other', '', '', '', NULL, '2026-01-03', '2026-01-05', '2026-01-05')",
        "INSERT INTO anchor VALUES (1048577, 1, 0, 10, 'The bridge', '', ' is safe.', 'ok'),"
        " (2097153, 2, 0, 9, 'Engineers', '', ' doubt', 'ok'), (2097154, 2, 0, 9, 'engineers', '', '', 'review')",
        "INSERT INTO target (number, id, text, used) VALUES (1, 't1', '', 1), (2, 't2', 'the bridge', 2)",
        "INSERT INTO stance VALUES (1048577, 2, 'stance', 'support'), (2097153, 1, 'stance', 'oppose')",
        "INSERT INTO tag VALUES (1048577, 0, 'a'), (1048577, 1, 'b')",
        "INSERT INTO annotation_fts (rowid, note, holder, tags, targets) VALUES"
        " (1048577, 'why', 'the mayor', 'a' || char(10) || 'b', 'the bridge')",
        f"INSERT INTO event VALUES (1, 'g1', '2026-01-03', '{ANN.id}', 'a1', 'm1', 'marked as support', 'annotation',"
        f" 'm1', NULL, '{_IMAGE}', NULL, NULL)",
        f"""INSERT INTO event VALUES (2, 'g2', '2026-01-04', '{ANN.id}', 'a1', 'm1', 'changed the note', 'annotation',
         'm1', '{{"note":""}}', '{{"note":"why"}}', NULL, NULL)""",
    ),
    "journal": (
        f"""INSERT INTO event VALUES (3, 'g3', '2026-01-05', '{ANN.id}', NULL, '', 'renamed', 'target', 't2',
         '{{"text":"bridge"}}', '{{"text":"the bridge"}}', NULL, NULL)""",
    ),
    "schemes": (
        "INSERT INTO scheme VALUES ('stance', 1, 'as it was', '2026-01-02')",
        "INSERT INTO label VALUES ('stance', 1, 'support', 0, '1', 'support', '+', 'green', 'says it', 0)",
    ),
    "targets": (
        "UPDATE target SET kind = 'policy' WHERE number = 2",
        f"INSERT INTO choice VALUES ('{ANN.id}', 'target', 't2')",
    ),
    "relations": (
        f"INSERT INTO relation VALUES (1, 'l1', 'supports', 1048577, 2097153, '', '{ANN.id}', '2026-01-05', NULL)",
    ),
    "settlements": (
        f"INSERT INTO settlement VALUES (1, 's1', 1048577, NULL, 'one', '{ANN.id}', '2026-01-05', NULL)",
        "INSERT INTO settled VALUES (1, 1048577)",
    ),
    "queries": ("INSERT INTO saved_query VALUES ('q1', 'mine', 'bridge', '2026-01-05', NULL)",),
    "feeds": (
        "INSERT INTO feed (number, id, url, name, title, home, folder, full_text, added_at)"
        " VALUES (1, 'f1', 'https://x.example/feed', 'X', 'X', '', '', 'short', '2026-01-05')",
        "INSERT INTO feed_entry VALUES (1, 'e1', 2, 'https://x.example/2', x'00', 1)",
        "INSERT INTO article_tag VALUES (1, 0, 'port', 0)",
    ),
    "recurring": (
        "INSERT INTO recurring_source VALUES (1, 'The Post', 2)",
        "INSERT INTO recurring_line VALUES (1, 77, 2, 2)",
        "INSERT INTO recurring_article VALUES (1, 77, 1, 3)",
    ),
    "versions": (),
    "sources": (
        "INSERT INTO article_source VALUES (1, 'y.example/1', '-', 'Y', 'https://y.example/1', '2026-01-05')",
        "INSERT INTO text_band VALUES (5, 1)",
    ),
    # Hashes are not written by hand: a library of this schema is one that was brought to it.
    "row_hashes": (),
}
"""By what a migration brought, the rows that a library of its release has beside those of older ones."""


def feature(migration: schema.Migration) -> str:
    """What a migration brought: its name without its number."""
    return migration.name.split("_", 1)[1]


def released(path: Path, version: int) -> None:
    """Make the library that a person had who has used every release up to this schema."""
    connection = sqlite.connect(str(path), isolation_level=None)
    Migrations("reader").ensure_migrations_table(Database(connection))
    for migration in schema.MIGRATIONS[:version]:
        for statement in (*migration.statements, *ROWS[feature(migration)]):
            connection.execute(statement)
        connection.execute(
            "INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES ('reader', ?, '2026-01-01')",
            [migration.name],
        )
    connection.execute(f"PRAGMA application_id={schema.APPLICATION_ID}")
    connection.execute(f"PRAGMA user_version={version}")
    connection.close()


def contents(path: Path) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table that is not the search index's, by the table's name."""
    connection = sqlite.connect(f"{path.as_uri()}?mode=ro", uri=True)
    names = connection.execute(
        "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND strict ORDER BY name"
    ).fetchall()
    found = {name: connection.execute(f"SELECT * FROM {name} ORDER BY 1, 2").fetchall() for (name,) in names}
    connection.close()
    return found
