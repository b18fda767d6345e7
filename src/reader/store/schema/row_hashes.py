"""A hash of each row that holds what people wrote or read, by which a bit that flipped is found."""

STATEMENTS: tuple[str, ...] = (
    """
    CREATE TABLE row_hash (
        table_name TEXT NOT NULL,
        "key" ANY NOT NULL,
        hash BLOB NOT NULL,
        PRIMARY KEY (table_name, "key")
    ) STRICT, WITHOUT ROWID
    """,
)
