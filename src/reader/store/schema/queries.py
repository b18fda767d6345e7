"""What queries look names up in: an index of the distinct ones."""

STATEMENTS: tuple[str, ...] = (
    "CREATE INDEX article_source ON article (source)",
    "CREATE INDEX article_author ON article (author)",
    "CREATE INDEX annotation_holder ON annotation (holder)",
    "CREATE INDEX tag_tag ON tag (tag)",
    "CREATE INDEX anchor_status ON anchor (status) WHERE status <> 'ok'",
)
