"""New revisions of an original that is there: a person overrode a verdict, or it was cleaned anew."""

from reader.errors import ConflictError
from reader.model import Draft
from reader.store import article_state
from reader.store.codec import pack_records, storable
from reader.store.connection import Connection
from reader.store.journal import Journal


def write_revision(
    connection: Connection, number: int, original: int, draft: Draft, *, revision_id: str, at: str
) -> int:
    """Write the revision that a draft holds, of an original that is there; returns its number."""
    revision = 1 + int(connection.value("SELECT coalesce(max(number), 0) FROM revision"))
    connection.run(
        "INSERT INTO revision (number, id, article, original, sha256, cleaner, created_at, blocks, runs,"
        " text, links, segments, markdown) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            revision,
            storable(revision_id),
            number,
            original,
            draft.sha256,
            storable(draft.cleaned.cleaner),
            at,
            pack_records(draft.canonical.blocks),
            pack_records(draft.canonical.runs),
            storable(draft.canonical.text),
            pack_records(draft.links),
            pack_records(draft.cleaned.segments),
            None if draft.cleaned.markdown == draft.canonical.text else storable(draft.cleaned.markdown),
        ],
    )
    return revision


def revise(journal: Journal, article_id: str, shown: str, draft: Draft, what: str) -> None:
    """Show a new text of the original that is shown, as one event; every mark comes along.

    Args:
        journal: inside a transaction.
        article_id: the article.
        shown: the id of the revision that the draft is to stand in the place of.
        draft: made of the same original. Where it was made without a known title, the one it found is the
            article's, unless a person gave that.
        what: the change in words; empty where no person asked for it, so that there is nothing to undo.

    Raises:
        ConflictError: another text is shown by now.
    """
    connection = journal.connection
    number = article_state.number_of(connection, article_id)
    row = connection.row(
        "SELECT revision.id, original FROM article JOIN revision ON revision.number = shown"
        " WHERE article.number = ?",
        [number],
    )
    if row is None or row[0] != shown:
        raise ConflictError("the article has another text now: look, and try again")
    new_id = journal.new_id()
    write_revision(connection, number, row[1], draft, revision_id=new_id, at=journal.clock())
    changes = {"shown": new_id}
    title = draft.cleaned.metadata.title
    if title and not draft.incoming.metadata.title:
        now = article_state.image(connection, number)
        changes["title"] = now["title"] if "title" in now["edited"] else title
    if what:
        article_state.change(journal, number, article_id, what, changes)
    else:
        article_state.write(connection, number, changes, journal.clock())
