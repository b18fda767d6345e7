"""What re-anchoring says of a place: how sure it is, and whether the words are still the same."""

STATEMENTS: tuple[str, ...] = (
    "ALTER TABLE anchor ADD COLUMN score REAL NOT NULL DEFAULT 1",
    "ALTER TABLE anchor ADD COLUMN changed INTEGER NOT NULL DEFAULT 0",
    # The few that wait for a person: the library's first paint counts them.
    "CREATE INDEX anchor_waiting ON anchor (revision) WHERE status <> 'ok'",
    # What is hashed of an annotation is more now.
    "DELETE FROM row_hash WHERE table_name = 'annotation'",
)
