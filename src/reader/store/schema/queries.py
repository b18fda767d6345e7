"""Saved queries, and the indexes that queries and the board go by: names, and the annotations there are."""

STATEMENTS: tuple[str, ...] = (
    """
    CREATE TABLE saved_query (
        id TEXT PRIMARY KEY NOT NULL,
        name TEXT NOT NULL,
        query TEXT NOT NULL,
        created_at TEXT NOT NULL,
        deleted_at TEXT
    ) STRICT, WITHOUT ROWID
    """,
    "CREATE UNIQUE INDEX saved_query_name ON saved_query (name) WHERE deleted_at IS NULL",
    "CREATE INDEX article_source ON article (source)",
    "CREATE INDEX article_author ON article (author)",
    "CREATE INDEX annotation_holder ON annotation (holder)",
    "CREATE INDEX tag_tag ON tag (tag)",
    "CREATE INDEX annotation_live ON annotation (article) WHERE deleted_at IS NULL",
    "CREATE INDEX stance_code ON stance (scheme, code)",
    "CREATE INDEX anchor_status ON anchor (status) WHERE status <> 'ok'",
)
