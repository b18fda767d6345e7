"""What an adjudicator made of two annotators' marks, and the marks that came of it."""

STATEMENTS: tuple[str, ...] = (
    """
    CREATE TABLE settlement (
        key INTEGER PRIMARY KEY,
        id TEXT NOT NULL UNIQUE,
        one INTEGER REFERENCES annotation (key),
        other INTEGER REFERENCES annotation (key),
        ruling TEXT NOT NULL CHECK (ruling IN ('one', 'other', 'both', 'neither')),
        annotator TEXT NOT NULL REFERENCES annotator (id),
        created_at TEXT NOT NULL,
        deleted_at TEXT,
        CHECK (one IS NOT NULL OR other IS NOT NULL)
    ) STRICT
    """,
    "CREATE INDEX settlement_one ON settlement (one)",
    "CREATE INDEX settlement_other ON settlement (other)",
    """
    CREATE TABLE settled (
        settlement INTEGER NOT NULL REFERENCES settlement (key),
        annotation INTEGER NOT NULL REFERENCES annotation (key),
        PRIMARY KEY (settlement, annotation)
    ) STRICT, WITHOUT ROWID
    """,
    "CREATE INDEX settled_annotation ON settled (annotation)",
)
