"""The schemes that marks were made with, kept so that a mark never loses its label's meaning.

A label stays here when its scheme's file no longer has it, or is no longer there.
"""

STATEMENTS: tuple[str, ...] = (
    """
    CREATE TABLE scheme (
        name TEXT NOT NULL,
        version INTEGER NOT NULL,
        description TEXT NOT NULL,
        recorded_at TEXT NOT NULL,
        PRIMARY KEY (name, version)
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE label (
        scheme TEXT NOT NULL,
        version INTEGER NOT NULL,
        code TEXT NOT NULL,
        position INTEGER NOT NULL,
        "key" TEXT NOT NULL,
        name TEXT NOT NULL,
        symbol TEXT NOT NULL,
        colour TEXT NOT NULL,
        definition TEXT NOT NULL,
        retired INTEGER NOT NULL CHECK (retired IN (0, 1)),
        PRIMARY KEY (scheme, version, code),
        FOREIGN KEY (scheme, version) REFERENCES scheme (name, version)
    ) STRICT, WITHOUT ROWID
    """,
)
