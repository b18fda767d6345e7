"""Template memory: in how many articles of a source each line was seen."""

STATEMENTS: tuple[str, ...] = (
    """
    CREATE TABLE recurring_source (
        number INTEGER PRIMARY KEY,
        name TEXT NOT NULL UNIQUE,
        articles INTEGER NOT NULL DEFAULT 0
    ) STRICT
    """,
    # `line` is a hash of 64 bits; `last` the source's count of articles when the line was seen last.
    """
    CREATE TABLE recurring_line (
        source INTEGER NOT NULL REFERENCES recurring_source (number),
        line INTEGER NOT NULL,
        articles INTEGER NOT NULL,
        last INTEGER NOT NULL,
        PRIMARY KEY (source, line)
    ) STRICT, WITHOUT ROWID
    """,
    "CREATE INDEX recurring_line_known ON recurring_line (source, articles) WHERE articles > 1",
    # The longest lines of each article that was counted, by which it is recognised when it comes again.
    """
    CREATE TABLE recurring_article (
        source INTEGER NOT NULL REFERENCES recurring_source (number),
        line INTEGER NOT NULL,
        article INTEGER NOT NULL,
        lines INTEGER NOT NULL,
        PRIMARY KEY (source, line, article)
    ) STRICT, WITHOUT ROWID
    """,
)
