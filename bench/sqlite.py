"""Bare SQLite, the floor of what the store does: a table, a full-text index, and nothing around them."""

import sqlite3
from collections.abc import Iterable
from importlib import import_module
from importlib.util import find_spec
from itertools import islice
from pathlib import Path

from bench.articles import Piece

_sqlite = import_module("pysqlite3" if find_spec("pysqlite3") else "sqlite3")  # as the store chooses
_BATCH = 1000


def connect(path: Path) -> sqlite3.Connection:
    """A connection with the store's durability."""
    connection: sqlite3.Connection = _sqlite.connect(path)
    connection.execute("pragma journal_mode = wal")
    connection.execute("pragma synchronous = full")
    return connection


def fill(path: Path, pieces: Iterable[Piece]) -> None:
    """Put articles into a new table and full-text index, a thousand a transaction."""
    connection = connect(path)
    connection.executescript("""
        create table article (number integer primary key, title, url, source, author, published, text);
        create index article_published on article (published);
        create virtual table found using fts5 (title, text, content = '');
    """)
    rows = ((p.title, p.url, p.source, p.author, p.published, p.text) for p in pieces)
    while batch := list(islice(rows, _BATCH)):
        with connection:
            last = connection.execute("select coalesce(max(number), 0) from article").fetchone()[0]
            connection.executemany(
                "insert into article (title, url, source, author, published, text) values (?, ?, ?, ?, ?, ?)",
                batch,
            )
            connection.execute(
                "insert into found (rowid, title, text) "
                "select number, title, text from article where number > ?",
                (last,),
            )
    connection.close()
