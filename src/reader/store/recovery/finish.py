"""The last steps to a whole library: what refers to nothing goes, and the search index is made."""

from collections.abc import Iterator

from reader.store import annotation_state, indexing, row_hashes
from reader.store.codec import storable
from reader.store.connection import Connection
from reader.store.recovery.report import Report

_TOLD = {
    "relation": "links",
    "settlement": "settlements",
    "event": "steps of the history",
    "revision": "texts",
}
"""What is told by its count."""


def finish(connection: Connection, report: Report) -> None:
    """Leave out what refers to what is not there, see to the marks' places, index, and tell what is lost."""
    _drop_dangling(connection)
    _put_up_for_review(connection, report)
    _index(connection)
    _tell_the_lost(connection, report)


def _drop_dangling(connection: Connection) -> None:
    """Leave out rows that refer to what is not there, and annotations without a place."""
    keys = [
        (table, *key)
        for (table,) in connection.rows(
            "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND strict"
        )
        for key in _foreign_keys(connection, table)
    ]
    dropped = 1
    while dropped:
        dropped = connection.run("DELETE FROM annotation WHERE key NOT IN (SELECT annotation FROM anchor)")
        for table, columns, parent, referred in keys:
            dropped += connection.run(
                f"DELETE FROM {table} WHERE {' AND '.join(f'{name} IS NOT NULL' for name in columns)}"
                f" AND ({', '.join(columns)}) NOT IN (SELECT {', '.join(referred)} FROM {parent})"
            )


def _index(connection: Connection) -> None:
    """Fill the search index."""
    connection.run("INSERT INTO article_fts (article_fts) VALUES ('rebuild')")
    for (annotation_id,) in connection.rows("SELECT id FROM annotation"):
        found = annotation_state.find(connection, annotation_id)
        if found is not None:
            indexing.put_annotation(connection, found.key, found.annotation, deleted=found.deleted)


def _tell_the_lost(connection: Connection, report: Report) -> None:
    """Compare what is known to have been there with what is there now."""
    kept = {annotation_id for (annotation_id,) in connection.rows("SELECT id FROM annotation")}
    for annotation_id in sorted(report.marks.keys() - kept):
        quote = report.marks[annotation_id]
        report.lost.append(f"mark {annotation_id}{f' “{storable(quote)}”' if quote else ''}")
    for hashed in row_hashes.HASHED:
        if hashed.table in _TOLD:
            present = {key for (key,) in connection.rows(f"SELECT {hashed.key} FROM {hashed.table}")}
            count = sum(table == hashed.table and key not in present for table, key in report.hashes)
            if count:
                report.lost.append(f"{_TOLD[hashed.table]}: {count}")


def _put_up_for_review(connection: Connection, report: Report) -> None:
    """Put marks up for review that do not stand at their place."""
    text, current = "", None
    for annotation_id, key, revision, start, end, exact in connection.rows(
        'SELECT annotation.id, annotation, revision, "start", "end", exact FROM anchor'
        " JOIN annotation ON annotation.key = annotation WHERE status = 'ok' ORDER BY revision"
    ):
        if revision != current:
            text = connection.value("SELECT text FROM revision WHERE number = ?", [revision])
            current = revision
        if text[start:end] != exact:
            connection.run(
                "UPDATE anchor SET status = 'review' WHERE annotation = ? AND revision = ?",
                [key, revision],
            )
            report.changed.append(
                f"mark {annotation_id} waits for review: its quote stands elsewhere or is cut"
            )


def _foreign_keys(connection: Connection, table: str) -> Iterator[tuple[list[str], str, list[str]]]:
    """What a table refers to: its columns, the other table, and that one's columns."""
    found: dict[int, tuple[list[str], str, list[str]]] = {}
    for number, parent, column, referred in connection.rows(
        f'SELECT id, "table", "from", "to" FROM pragma_foreign_key_list(\'{table}\') ORDER BY id, seq'
    ):
        columns, _, others = found.setdefault(number, ([], parent, []))
        columns.append(f'"{column}"')
        others.append(f'"{referred}"')
    yield from found.values()
