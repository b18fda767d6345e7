"""Relations between annotations."""

STATEMENTS: tuple[str, ...] = (
    """
    CREATE TABLE relation (
        key INTEGER PRIMARY KEY,
        id TEXT NOT NULL UNIQUE,
        type TEXT NOT NULL CHECK (type IN ('supports', 'contradicts', 'same_claim', 'evidence_for')),
        from_annotation INTEGER NOT NULL REFERENCES annotation (key),
        to_annotation INTEGER NOT NULL REFERENCES annotation (key),
        note TEXT NOT NULL,
        annotator TEXT NOT NULL REFERENCES annotator (id),
        created_at TEXT NOT NULL,
        deleted_at TEXT,
        CHECK (from_annotation <> to_annotation)
    ) STRICT
    """,
    "CREATE INDEX relation_from ON relation (from_annotation)",
    "CREATE INDEX relation_to ON relation (to_annotation)",
)
