"""What kind of thing a target is, and what each annotator has chosen to work with."""

STATEMENTS: tuple[str, ...] = (
    """
    ALTER TABLE target ADD COLUMN kind TEXT NOT NULL DEFAULT ''
        CHECK (kind IN ('', 'claim', 'policy', 'entity', 'topic'))
    """,
    """
    CREATE TABLE choice (
        annotator TEXT NOT NULL,
        name TEXT NOT NULL,
        value TEXT NOT NULL,
        PRIMARY KEY (annotator, name)
    ) STRICT, WITHOUT ROWID
    """,
)
