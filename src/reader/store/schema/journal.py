"""Events of any table, also of such rows as belong to no article.

Stances in the images of annotations name their target by its id, so that renaming a target changes no
annotation.
"""

_BY_ID = """
    CASE json_type({image}, '$.stances') WHEN 'array' THEN json_set({image}, '$.stances', json((
        SELECT json_group_array(json_array(id, scheme, code)) FROM (
            SELECT
                (SELECT target.id FROM target WHERE target.text = json_extract(value, '$[0]')) AS id,
                json_extract(value, '$[1]') AS scheme,
                json_extract(value, '$[2]') AS code
            FROM json_each({image}, '$.stances') ORDER BY id
        )
    ))) ELSE {image} END
"""

STATEMENTS: tuple[str, ...] = (
    "DROP INDEX event_article",
    "DROP INDEX event_group",
    "DROP INDEX event_undone",
    "ALTER TABLE event RENAME TO event_before",
    """
    CREATE TABLE event (
        id INTEGER PRIMARY KEY,
        group_id TEXT NOT NULL,
        at TEXT NOT NULL,
        annotator_id TEXT NOT NULL REFERENCES annotator (id),
        article_id TEXT REFERENCES article (id),
        annotation_id TEXT NOT NULL,
        what TEXT NOT NULL,
        table_name TEXT NOT NULL,
        row_id TEXT NOT NULL,
        before_json TEXT,
        after_json TEXT NOT NULL,
        undone_at TEXT,
        undone_order INTEGER
    ) STRICT
    """,
    f"""
    INSERT INTO event SELECT
        id, group_id, at, annotator_id, article_id, annotation_id, what, table_name, row_id,
        {_BY_ID.format(image="before_json")}, {_BY_ID.format(image="after_json")}, undone_at, undone_order
    FROM event_before
    """,
    "DROP TABLE event_before",
    "CREATE INDEX event_article ON event (article_id, annotator_id, id)",
    "CREATE INDEX event_group ON event (group_id)",
    "CREATE INDEX event_row ON event (row_id)",
    "CREATE INDEX event_undone ON event (undone_order) WHERE undone_order IS NOT NULL",
)
