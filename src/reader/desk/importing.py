"""Taking in annotations that were made elsewhere: in another library, or with another tool.

A file is taken in by one transaction, which is one step to undo. Nothing is guessed: a mark that cannot be
placed exactly waits for review, and one whose words are not in its article is kept as an orphan.
"""

import re
import shutil
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from tempfile import SpooledTemporaryFile
from typing import TYPE_CHECKING, BinaryIO, NamedTuple, cast

from reader.desk import Desk
from reader.errors import ConflictError, InputError, NotFoundError
from reader.exchange.items import NOWHERE, Item, Items, Mark, Reference
from reader.exchange.readers import BY_NAME, recognised
from reader.importers.base import open_file, reason
from reader.model import (
    Anchor,
    Annotation,
    Annotator,
    Problem,
    Relation,
    Revision,
    Scheme,
    Span,
    Stance,
    Target,
    Whole,
)
from reader.text.placing import anchored
from reader.text.spans import quote_of
from reader.text.tidy import one_line

if TYPE_CHECKING:
    from reader.store.intake import Intake

_TOLD = {
    "added": "added",
    "review": "to review",
    "orphan": "orphaned",
    "unchanged": "unchanged",
    "different": "here with another content, which was kept",
    "links": "links added",
    "articles": "articles added",
    "failed": "failed",
}
"""What is counted, and how it is told."""

_SPOOLED = 16 * 1024 * 1024
"""Bytes of standard input that are kept in memory; what is more goes to a temporary file."""

_PARTS_OF_TAGS = re.compile(r"[|,]")


class Imported(NamedTuple):
    """What became of a file of annotations."""

    title: str
    """The format it was read as."""
    counts: Mapping[str, int]
    """Of marks: ``added`` in their places, added for ``review``, added as ``orphan``, ``unchanged``, and
    ``different``, which are here with another content that was kept; then ``links``, ``articles``, and what
    ``failed``."""
    kept: bool
    """Whether what could be taken in was: not where something failed and all or nothing was wanted."""

    def __str__(self) -> str:
        counts = [f"{self.counts[name]:,} {told}" for name, told in _TOLD.items() if self.counts.get(name)]
        told = ", ".join(counts) or "no marks in it"
        return told if self.kept else f"nothing was taken in ({told})"


class _RefusedError(Exception):
    """Something failed, and all or nothing was wanted."""


def import_marks(
    desk: Desk,
    source: Path | BinaryIO,
    form: str = "",
    *,
    raw: bool = False,
    keep_going: bool = False,
    tell: Callable[[Problem], None] = lambda problem: None,
    progress: Callable[[int], None] = lambda done: None,
) -> Imported:
    """Take in a file of annotations.

    Args:
        desk: the desk.
        source: the file, or a stream that is read to its end first, such as standard input.
        form: the format's name; empty where it is to be told by the file itself.
        raw: CSV only: it was written without the guard against formulas.
        keep_going: take in what can be where something cannot.
        tell: told each thing that cannot be taken in, as it is found.
        progress: told after each thing in the file how many there were.

    Raises:
        InputError: there is no such file, or its format cannot be told.
        StoreError: the library cannot be written; nothing was taken in.
    """
    path = source if isinstance(source, Path) else Path("standard input")
    with _opened(source) as stream:
        reader = BY_NAME[form] if form else recognised(stream, path)
        kept = True
        try:
            with desk.store.annotations.taking_in(f"imported {path.name}") as intake:
                taking = _Taking(desk, intake, str(path), tell)
                for done, item in enumerate(taking.readable(reader.read(stream, path, raw=raw)), 1):
                    taking.take(item)
                    progress(done)
                if taking.counts["failed"] and not keep_going:
                    raise _RefusedError
        except _RefusedError:
            kept = False
    return Imported(reader.title, taking.counts, kept)


def _opened(source: Path | BinaryIO) -> BinaryIO:
    """A file, or what a stream gives, which is looked at twice."""
    if not isinstance(source, Path):
        spooled = SpooledTemporaryFile(_SPOOLED)  # noqa: SIM115 - the caller closes it
        shutil.copyfileobj(source, spooled)
        spooled.seek(0)
        return cast(BinaryIO, spooled)
    try:
        return open_file(source)
    except OSError as error:
        raise InputError(f"{source}: {reason(error)}") from error
    except InputError as error:
        raise InputError(f"{source}: {error}") from error


class _Taking:
    """One file's worth of marks."""

    def __init__(self, desk: Desk, intake: "Intake", origin: str, tell: Callable[[Problem], None]) -> None:
        self.counts: Counter[str] = Counter()
        self._desk = desk
        self._intake = intake
        self._origin = origin
        self._tell = tell
        self._what = f"imported {Path(origin).name}"
        self._elsewhere: dict[str, str] = {}
        """The ids that articles have here, by those that they have in the file."""
        self._last: tuple[Reference, Revision] | None = None
        """The article of the last mark, which mostly is that of the next one too."""
        self._by_text: dict[str, list[str]] | None = None
        self._people: dict[str, Annotator] = {}

    def readable(self, items: Items) -> Items:
        """What a file holds, as far as it can be read; where it breaks off is told."""
        try:
            yield from items
        except InputError as error:
            self._fail("", str(error))
        except OSError as error:
            self._fail("", f"cannot be read to its end ({error.strerror})")

    def take(self, item: Item) -> None:
        """Take in one thing; why one cannot be is told."""
        where, what = item
        try:
            if isinstance(what, str):
                self._fail(where, what)
            elif isinstance(what, Mark):
                self._take_mark(what)
            else:
                # It is many rows, or may fail halfway: then none of it is here.
                with self._desk.store.transaction():
                    self._take(what)
        except (InputError, NotFoundError, ConflictError) as error:
            self._fail(where, str(error))

    def _fail(self, where: str, message: str) -> None:
        self.counts["failed"] += 1
        origin = f"{self._origin}, {where}" if where else self._origin
        self._tell(Problem(origin=origin, message=message))

    def _take(self, what: Whole | Target | Scheme | Relation) -> None:
        store = self._desk.store
        if isinstance(what, Whole):
            self._take_article(what)
        elif isinstance(what, Target):
            store.targets.take_in(what)
        elif isinstance(what, Scheme):
            if (what.name, what.version) not in {
                (known.name, known.version) for known in store.schemes.all()
            }:
                store.schemes.record(what)
        else:
            self._intake.flush()
            relation = what._replace(annotator=self._person(what.annotator))
            self.counts["links"] += store.relations.take_in(relation, self._what) == "added"

    def _take_article(self, whole: Whole) -> None:
        self._elsewhere[whole.id], new = self._desk.store.articles.take_in(whole)
        self.counts["articles"] += new
        self._last = None

    def _take_mark(self, mark: Mark) -> None:
        revision = self._revision(mark.article)
        given = mark.annotation
        anchor = _anchor(revision, given.anchor, same=mark.article.sha256 in ("", revision.sha256))
        annotation = self._labelled(
            replace(
                given,
                article_id=revision.article_id,
                annotator=self._person(given.annotator),
                anchor=anchor,
                note=given.note.strip(),
                holder=one_line(given.holder),
            )
        )
        outcome = self._intake.take(annotation)
        fate = "added" if anchor.status == "ok" else anchor.status
        self.counts[fate if outcome == "added" else outcome] += 1

    def _revision(self, reference: Reference) -> Revision:
        """The text that is shown of the article that is meant."""
        if self._last is None or self._last[0] != reference:
            articles = self._desk.store.articles
            self._last = reference, articles.revision(articles.get(self._article(reference)))
        return self._last[1]

    def _article(self, reference: Reference) -> str:
        """The id of the article that is meant: by its id, else its text, else its bytes, else its address.

        Raises:
            NotFoundError: it is not here, or was removed.
            InputError: several articles could be meant.
        """
        articles = self._desk.store.articles
        if reference.id in self._elsewhere:
            return self._elsewhere[reference.id]
        if reference.id and articles.has(reference.id):
            return reference.id
        if self._by_text is None:
            self._by_text = articles.by_text()
        found = self._by_text.get(reference.sha256, [])
        if not found and reference.raw:
            found = articles.of_bytes(reference.raw)
        if not found:
            found = articles.at_address(reference.url)
        if len(found) > 1:
            raise InputError(
                f"{reference} may be any of {len(found)} articles here: remove those that are not"
            )
        if not found:
            raise NotFoundError(f"{reference} is not in this library: add it first, with reader add")
        return found[0]

    def _person(self, given: Annotator) -> Annotator:
        """Who marked: by id; by name where there is only that; else whoever imports."""
        if given.id:
            return given
        me = self._desk.store.annotator
        if not given.name or given.name == me.name:
            return me
        if not self._people:
            known = self._desk.store.annotations.annotators()
            self._people = {person.name: person for person in reversed(known)}
        return self._people.setdefault(given.name, Annotator(id=f"name:{given.name}", name=given.name))

    def _labelled(self, annotation: Annotation) -> Annotation:
        """Other tools' labels as stances where the scheme has them, the others as tags."""
        stances: dict[str, Stance] = {}
        tags = list(annotation.tags)
        scheme = self._desk.scheme
        for stance in annotation.stances:
            target = one_line(stance.target)
            if stance.scheme:
                stances[target] = stance._replace(target=target)
                continue
            name = stance.code.casefold()
            label = next((label for label in scheme.labels if name in (label.code, label.name)), None)
            if label and target not in stances:
                stances[target] = Stance(target, scheme.name, label.code)
            else:
                tags.append(stance.code)
        parted = (one_line(part) for tag in tags for part in _PARTS_OF_TAGS.split(tag))
        kept = tuple(dict.fromkeys(part for part in parted if part))
        return replace(annotation, tags=kept, stances=tuple(stances[target] for target in sorted(stances)))


def _anchor(revision: Revision, given: Anchor, *, same: bool) -> Anchor:
    """Where a mark sits in a text.

    Args:
        revision: the text.
        given: where it sits in the text that the file is of.
        same: whether that may be the same text, so that offsets count.
    """
    text = revision.canonical.text
    start, end = given.span
    said = same and given.span != NOWHERE and end <= len(text)
    if said and (given.status == "review" or (given.status == "ok" and text[start:end] == given.exact)):
        return _around(text, given)._replace(revision_id=revision.id)
    if same and given.status == "orphan":
        return given._replace(revision_id=revision.id)
    return anchored(text, revision.id, given)


def _around(text: str, anchor: Anchor) -> Anchor:
    """The anchor with what really stands around it, as far as it says something else."""
    start, end = anchor.span
    if text.endswith(anchor.prefix, 0, start) and text.startswith(anchor.suffix, end):
        return anchor
    _, prefix, suffix = quote_of(text, Span(start, end))
    return anchor._replace(prefix=prefix, suffix=suffix)
