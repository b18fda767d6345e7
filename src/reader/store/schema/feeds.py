"""Feeds, which entries of theirs became which articles, and tags on articles.

An article may have several sources: each entry of a feed that is it has a row in `feed_entry`, and `leads` is
set where the article's text is that entry's, so that another feed's summary never takes its place. A tag is
`given` where a feed gave it, and not a person.
"""

STATEMENTS: tuple[str, ...] = (
    """
    CREATE TABLE feed (
        number INTEGER PRIMARY KEY AUTOINCREMENT,
        id TEXT NOT NULL UNIQUE,
        url TEXT NOT NULL UNIQUE,
        name TEXT NOT NULL,
        title TEXT NOT NULL,
        home TEXT NOT NULL,
        folder TEXT NOT NULL,
        full_text TEXT NOT NULL CHECK (full_text IN ('never', 'short', 'always')),
        etag TEXT NOT NULL DEFAULT '',
        modified TEXT NOT NULL DEFAULT '',
        body_digest BLOB NOT NULL DEFAULT x'',
        added_at TEXT NOT NULL,
        checked_at TEXT NOT NULL DEFAULT '',
        fetched_at TEXT NOT NULL DEFAULT '',
        next_at TEXT NOT NULL DEFAULT '',
        failures INTEGER NOT NULL DEFAULT 0,
        error TEXT NOT NULL DEFAULT '',
        notes TEXT NOT NULL DEFAULT '[]',
        retired_at TEXT,
        removed_at TEXT
    ) STRICT
    """,
    """
    CREATE TABLE feed_entry (
        feed INTEGER NOT NULL REFERENCES feed (number),
        entry_id TEXT NOT NULL,
        article INTEGER NOT NULL REFERENCES article (number),
        url TEXT NOT NULL,
        digest BLOB NOT NULL,
        leads INTEGER NOT NULL CHECK (leads IN (0, 1)),
        PRIMARY KEY (feed, entry_id)
    ) STRICT, WITHOUT ROWID
    """,
    "CREATE INDEX feed_entry_article ON feed_entry (article)",
    """
    CREATE TABLE article_tag (
        article INTEGER NOT NULL REFERENCES article (number),
        position INTEGER NOT NULL,
        tag TEXT NOT NULL,
        given INTEGER NOT NULL CHECK (given IN (0, 1)),
        PRIMARY KEY (article, position)
    ) STRICT, WITHOUT ROWID
    """,
    "CREATE INDEX article_tag_tag ON article_tag (tag)",
    "CREATE INDEX article_unread ON article (number) WHERE read = 0 AND removed_at IS NULL",
)
