"""Where else an article was found, by what copies of its text are known, and how many texts have a word."""

STATEMENTS: tuple[str, ...] = (
    # An index has the name that is the table's.
    "DROP INDEX article_source",
    "CREATE INDEX article_outlet ON article (source)",
    # Its first source is in the article's own row.
    """
    CREATE TABLE article_source (
        article INTEGER NOT NULL REFERENCES article (number),
        url_key TEXT NOT NULL,
        origin TEXT NOT NULL,
        source TEXT NOT NULL,
        url TEXT NOT NULL,
        first_seen TEXT NOT NULL,
        PRIMARY KEY (article, url_key, origin)
    ) STRICT, WITHOUT ROWID
    """,
    "CREATE INDEX article_source_url ON article_source (url_key) WHERE url_key <> ''",
    """
    CREATE TABLE text_band (
        band INTEGER NOT NULL,
        article INTEGER NOT NULL REFERENCES article (number),
        PRIMARY KEY (band, article)
    ) STRICT, WITHOUT ROWID
    """,
    "CREATE VIRTUAL TABLE article_fts_words USING fts5vocab (article_fts, row)",
)
