"""The schema of a new library, in words: whoever changes it changes this, and adds a migration."""

import hashlib
from pathlib import Path

from libraries import library, sql

from reader.store import schema

TABLES = {
    "anchor": "annotation revision start end exact prefix suffix status score changed",
    "annotation": "key id article annotator note holder voice confidence created_at updated_at deleted_at",
    "annotator": "id name",
    "article": "number id title url source author published language edited url_key origin shown position"
    " read starred added_at updated_at removed_at",
    "article_source": "article url_key origin source url first_seen",
    "article_tag": "article position tag given",
    "choice": "annotator name value",
    "event": "id group_id at annotator_id article_id annotation_id what table_name row_id before_json"
    " after_json undone_at undone_order",
    "feed": "number id url name title home folder full_text etag modified body_digest added_at checked_at"
    " fetched_at next_at failures error notes retired_at removed_at",
    "feed_entry": "feed entry_id article url digest leads",
    "label": "scheme version code position key name symbol colour definition retired",
    "library": "id oldest_reader",
    "original": "number id article sha256 media encoding origin metadata added_at raw page_text",
    "recurring_article": "source line article lines",
    "recurring_line": "source line articles last",
    "recurring_source": "number name articles",
    "relation": "key id type from_annotation to_annotation note annotator created_at deleted_at",
    "revision": "number id article original sha256 cleaner created_at blocks runs text links segments"
    " markdown",
    "row_hash": "table_name key hash",
    "scheme": "name version description recorded_at",
    "settled": "settlement annotation",
    "settlement": "key id one other ruling annotator created_at deleted_at",
    "saved_query": "id name query created_at deleted_at",
    "stance": "annotation target scheme code",
    "tag": "annotation position tag",
    "target": "number id text used kind",
    "text_band": "band article",
}


def test_the_tables_and_their_columns(tmp_path: Path) -> None:
    path = tmp_path / "l.db"
    library(path).close()
    found: dict[str, list[str]] = {}
    for table, column in sql(
        path,
        "SELECT m.name, c.name FROM sqlite_schema AS m, pragma_table_info(m.name) AS c"
        " WHERE m.type = 'table' AND m.name NOT LIKE '%fts%' AND m.name NOT LIKE '%sqlite%'"
        " ORDER BY m.name, c.cid",
    ):
        found.setdefault(table, []).append(column)
    assert {table: " ".join(columns) for table, columns in found.items()} == TABLES


RELEASED = {
    "m001_library": "0c8259b216b4a65cb196a5e332b78efe86fde7aa30ee8d83bdbc94b98d9d5b52",
    "m002_journal": "a31545c19ddd0c150932ffc7405856e7c9fd867ff86bd1cb0ec710cb00909c18",
    "m003_schemes": "ee6bff3e29806566a5ab03d96b82cad4995403e7af7c8e9e13cb69fe9592ecf9",
    "m004_targets": "c2fbabe1ab8164c89ffe673d4281e537bd55728a3d76158e4a2015c2b5ccf03c",
    "m005_relations": "9abc0ef61df9e6bd40252e1b894b008fc563883fd8acf46766b8114bc4a1727a",
    "m006_settlements": "5fda2bb02a34f3028d9cc5f4d680641605fdb953caf2648c074dfcd14eed1bfb",
    "m007_queries": "881bc00ec42f7d2995d8457d21ee7eedf9a5b4976a8d21f79f95d00c8ae34afe",
    "m008_feeds": "71718334174d760ab82eb14e107648ee9098fc9940b4aec5600c02e968f5cbfe",
    "m009_recurring": "dcbe8b95a621acc2fffd58ceac92572fe82f7a8a205ca5c36707d24599c6f4c7",
    "m010_row_hashes": "9c24cb901d5d292fdb954a0f436b6731d2f1ff0a81a97bd6894ec7667d690200",
    "m011_versions": "211446fd238a04c696da243f27fcb7ea24fb52ea1555ee2a3b1144ea3801b399",
    "m012_sources": "c465cf7b355dd0ec9bee3fdde1064c30cbe70f6d8860644192c8977cc37a46e3",
}


def test_a_released_migration_never_changes() -> None:
    digests = {
        migration.name: hashlib.sha256("".join(migration.statements).encode()).hexdigest()
        for migration in schema.MIGRATIONS
    }
    assert digests == RELEASED


def test_a_library_is_known_by_its_header(tmp_path: Path) -> None:
    path = tmp_path / "l.db"
    library(path).close()
    header = path.read_bytes()[:100]
    assert header[68:72] == b"rdr1"
    assert int.from_bytes(header[60:64], "big") == schema.SCHEMA == len(RELEASED)
    assert sql(path, "SELECT oldest_reader FROM library") == [(schema.OLDEST_READER,)]
