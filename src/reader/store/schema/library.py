"""The first schema: articles with their originals and revisions, annotations, events and search."""

STATEMENTS: tuple[str, ...] = (
    """
    CREATE TABLE library (
        id INTEGER PRIMARY KEY CHECK (id = 1),
        oldest_reader INTEGER NOT NULL
    ) STRICT
    """,
    """
    CREATE TABLE annotator (
        id TEXT PRIMARY KEY NOT NULL,
        name TEXT NOT NULL
    ) STRICT, WITHOUT ROWID
    """,
    # `shown` is null only until the article's first revision is written, in the same transaction. Were it a
    # deferred reference instead, SQLite would look through all articles at each revision that is added.
    """
    CREATE TABLE article (
        number INTEGER PRIMARY KEY AUTOINCREMENT,
        id TEXT NOT NULL UNIQUE,
        title TEXT NOT NULL,
        url TEXT NOT NULL,
        source TEXT NOT NULL,
        author TEXT NOT NULL,
        published TEXT NOT NULL,
        language TEXT NOT NULL,
        edited TEXT NOT NULL DEFAULT '[]',
        url_key TEXT NOT NULL,
        origin TEXT NOT NULL,
        shown INTEGER REFERENCES revision (number),
        position INTEGER NOT NULL DEFAULT 0,
        read INTEGER NOT NULL DEFAULT 0 CHECK (read IN (0, 1)),
        starred INTEGER NOT NULL DEFAULT 0 CHECK (starred IN (0, 1)),
        added_at TEXT NOT NULL,
        updated_at TEXT NOT NULL,
        removed_at TEXT
    ) STRICT
    """,
    "CREATE INDEX article_live ON article (number) WHERE removed_at IS NULL",
    "CREATE INDEX article_removed ON article (number) WHERE removed_at IS NOT NULL",
    "CREATE INDEX article_published ON article (published, number) WHERE removed_at IS NULL",
    "CREATE INDEX article_url_key ON article (url_key) WHERE url_key <> ''",
    "CREATE INDEX article_origin ON article (origin) WHERE origin <> '-'",
    """
    CREATE TABLE original (
        number INTEGER PRIMARY KEY,
        id TEXT NOT NULL UNIQUE,
        article INTEGER NOT NULL REFERENCES article (number),
        sha256 BLOB NOT NULL,
        media TEXT NOT NULL CHECK (media IN ('text', 'markdown', 'html')),
        encoding TEXT NOT NULL,
        origin TEXT NOT NULL,
        metadata TEXT NOT NULL,
        added_at TEXT NOT NULL,
        raw BLOB NOT NULL,
        page_text BLOB,
        UNIQUE (sha256, media)
    ) STRICT
    """,
    # What is read least stands last: a value behind a long text costs a walk through all its pages.
    # `page_text` is null where it is `raw` read as UTF-8, and `markdown` where it is `text`: most plain
    # texts, which then take half the room.
    """
    CREATE TABLE revision (
        number INTEGER PRIMARY KEY,
        id TEXT NOT NULL UNIQUE,
        article INTEGER NOT NULL REFERENCES article (number),
        original INTEGER NOT NULL REFERENCES original (number),
        sha256 TEXT NOT NULL,
        cleaner TEXT NOT NULL,
        created_at TEXT NOT NULL,
        blocks TEXT NOT NULL,
        runs TEXT NOT NULL,
        text TEXT NOT NULL,
        links TEXT NOT NULL,
        segments TEXT NOT NULL,
        markdown TEXT
    ) STRICT
    """,
    "CREATE INDEX revision_article ON revision (article)",
    """
    CREATE TABLE annotation (
        key INTEGER PRIMARY KEY,
        id TEXT NOT NULL UNIQUE,
        article INTEGER NOT NULL REFERENCES article (number),
        annotator TEXT NOT NULL REFERENCES annotator (id),
        note TEXT NOT NULL,
        holder TEXT NOT NULL,
        voice TEXT NOT NULL CHECK (voice IN ('', 'article', 'quoted', 'reported')),
        confidence INTEGER,
        created_at TEXT NOT NULL,
        updated_at TEXT NOT NULL,
        deleted_at TEXT,
        CHECK (key >> 20 = article)
    ) STRICT
    """,
    """
    CREATE TABLE anchor (
        annotation INTEGER NOT NULL REFERENCES annotation (key),
        revision INTEGER NOT NULL REFERENCES revision (number),
        "start" INTEGER NOT NULL,
        "end" INTEGER NOT NULL,
        exact TEXT NOT NULL,
        prefix TEXT NOT NULL,
        suffix TEXT NOT NULL,
        status TEXT NOT NULL CHECK (status IN ('ok', 'review', 'orphan')),
        PRIMARY KEY (annotation, revision),
        CHECK (0 <= "start" AND "start" <= "end")
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE target (
        number INTEGER PRIMARY KEY,
        id TEXT NOT NULL UNIQUE,
        text TEXT NOT NULL UNIQUE,
        used INTEGER NOT NULL
    ) STRICT
    """,
    "CREATE INDEX target_used ON target (used)",
    """
    CREATE TABLE stance (
        annotation INTEGER NOT NULL REFERENCES annotation (key),
        target INTEGER NOT NULL REFERENCES target (number),
        scheme TEXT NOT NULL,
        code TEXT NOT NULL,
        PRIMARY KEY (annotation, target)
    ) STRICT, WITHOUT ROWID
    """,
    "CREATE INDEX stance_target ON stance (target)",
    """
    CREATE TABLE tag (
        annotation INTEGER NOT NULL REFERENCES annotation (key),
        position INTEGER NOT NULL,
        tag TEXT NOT NULL,
        PRIMARY KEY (annotation, position)
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE event (
        id INTEGER PRIMARY KEY,
        group_id TEXT NOT NULL,
        at TEXT NOT NULL,
        annotator_id TEXT NOT NULL REFERENCES annotator (id),
        article_id TEXT NOT NULL REFERENCES article (id),
        annotation_id TEXT NOT NULL,
        what TEXT NOT NULL,
        table_name TEXT NOT NULL CHECK (table_name IN ('article', 'annotation')),
        row_id TEXT NOT NULL,
        before_json TEXT,
        after_json TEXT NOT NULL,
        undone_at TEXT,
        undone_order INTEGER
    ) STRICT
    """,
    "CREATE INDEX event_article ON event (article_id, annotator_id, id)",
    "CREATE INDEX event_group ON event (group_id)",
    "CREATE INDEX event_undone ON event (undone_order) WHERE undone_order IS NOT NULL",
    """
    CREATE VIEW article_shown AS
        SELECT article.number, article.title, revision.text
        FROM article CROSS JOIN revision ON revision.number = article.shown
        WHERE article.removed_at IS NULL
    """,
    """
    CREATE VIRTUAL TABLE article_fts USING fts5 (
        title, text, content = 'article_shown', content_rowid = 'number',
        tokenize = 'unicode61 remove_diacritics 2'
    )
    """,
    """
    CREATE VIRTUAL TABLE annotation_fts USING fts5 (
        note, holder, tags, targets, tokenize = 'unicode61 remove_diacritics 2'
    )
    """,
    "INSERT INTO library (id, oldest_reader) VALUES (1, 1)",
)
