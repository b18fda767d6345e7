"""What a library file says of itself, and the statements that shape it: one module a feature.

Kept apart from `migrations`, which needs sqlite-utils, so that opening a library that is up to date
loads neither.
"""

from typing import NamedTuple

from reader.store.schema import (
    feeds,
    journal,
    library,
    queries,
    recurring,
    relations,
    row_hashes,
    schemes,
    settlements,
    sources,
    targets,
    versions,
)


class Migration(NamedTuple):
    """Statements that bring a library from one schema to the next; never changed once released."""

    name: str
    """What sqlite-utils records of it."""
    statements: tuple[str, ...]


MIGRATIONS: tuple[Migration, ...] = (
    Migration("m001_library", library.STATEMENTS),
    Migration("m002_journal", journal.STATEMENTS),
    Migration("m003_schemes", schemes.STATEMENTS),
    Migration("m004_targets", targets.STATEMENTS),
    Migration("m005_relations", relations.STATEMENTS),
    Migration("m006_settlements", settlements.STATEMENTS),
    Migration("m007_queries", queries.STATEMENTS),
    Migration("m008_feeds", feeds.STATEMENTS),
    Migration("m009_recurring", recurring.STATEMENTS),
    Migration("m010_row_hashes", row_hashes.STATEMENTS),
    Migration("m011_versions", versions.STATEMENTS),
    Migration("m012_sources", sources.STATEMENTS),
)
"""In the order in which they are applied; the last is the present schema."""

APPLICATION_ID = 0x72647231
"""In the file's header: the letters ``rdr1``."""

SCHEMA = len(MIGRATIONS)
"""How many migrations a library of this version has seen; its ``user_version``."""

OLDEST_READER = 1
"""The lowest `SCHEMA` whose program can still read, though not write, what this version writes."""

SHIFT = 20
"""An annotation's key is its article's number shifted by this, plus a count within the article.

So an article's annotations lie side by side, their count is one range of the primary key, and the
newest article's come last, also in the search index. There is room for a million in each article.
"""
