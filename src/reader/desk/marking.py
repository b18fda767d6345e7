"""Making, changing and deleting annotations, and undoing all of it.

Every change reads the annotation anew inside its own transaction, so that what another session
changed meanwhile (a note, a stance toward another target) is kept.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from types import EllipsisType

from reader.desk import Desk
from reader.desk.tags import checked_tags
from reader.errors import InputError, NotFoundError, SchemeError
from reader.model import (
    VOICES,
    Anchor,
    Annotation,
    Article,
    Change,
    Revision,
    Span,
    Stance,
    Voice,
)
from reader.text.spans import occurrences, quote_of
from reader.text.tidy import one_line

_CONFIDENCES = (None, 1, 2, 3)


def annotate(
    desk: Desk,
    revision: Revision,
    span: Span,
    code: str | None,
    target: str = "",
    *,
    note: str = "",
    tags: Sequence[str] = (),
    holder: str = "",
    voice: Voice = "",
    confidence: int | None = None,
) -> Annotation:
    """Mark a claim.

    Args:
        desk: the desk.
        revision: the text that is marked.
        span: exactly what is marked; the caller never splits a grapheme cluster.
        code: the stance's code in the desk's scheme, or None for a mark without one.
        target: what the stance is toward; empty for the claim as a whole.
        note: a comment.
        tags: words of one's own.
        holder: whose words they are.
        voice: ``article``, ``quoted``, ``reported`` or empty.
        confidence: 1 to 3, or None where it is not said.

    Raises:
        SchemeError: the scheme has no such code.
        InputError: the span is empty or outside the text, or a detail means nothing.
    """
    annotation = _checked(
        Annotation(
            id=desk.store.new_id(),
            article_id=revision.article_id,
            annotator=desk.store.annotator,
            anchor=_anchor(revision, span),
            stances=() if code is None else (_stance(desk, code, target),),
            note=note,
            tags=tuple(tags),
            holder=holder,
            voice=voice,
            confidence=confidence,
        )
    )
    return _save(desk, annotation, f"marked as {code}" if code else "marked")


def annotate_quote(
    desk: Desk,
    article: Article,
    quote: str,
    nth: int | None,
    code: str | None,
    target: str = "",
    *,
    note: str = "",
    tags: Sequence[str] = (),
    holder: str = "",
    voice: Voice = "",
    confidence: int | None = None,
) -> Annotation:
    """Mark a quote of an article's text; white space in the quote matches any white space.

    Args:
        desk: the desk.
        article: the article.
        quote: the words to mark.
        nth: which of the places where they stand, from 1; None where they stand once.
        code: as for `annotate`, like all that follows.
        target: what the stance is toward.
        note: a comment.
        tags: words of one's own.
        holder: whose words they are.
        voice: the voice.
        confidence: the confidence.

    Raises:
        NotFoundError: the quote does not stand in the text, or not `nth` times.
        InputError: it is blank, or stands several times and `nth` is None.
    """
    if not quote.strip():
        raise InputError("the quote is empty: give the words to mark")
    if code is not None:
        _stance(desk, code, target)
    revision = desk.store.articles.revision(article)
    places = occurrences(revision.canonical.text, quote)
    times = f"{len(places)} times" if len(places) > 1 else "once"
    if not places:
        raise NotFoundError(
            f"the quote does not stand in article {article.number}: "
            f"copy it from what `reader show {article.number}` prints"
        )
    if nth is None and len(places) > 1:
        raise InputError(
            f"the quote stands {times} in article {article.number}: "
            f"say which with --nth, from 1 to {len(places)}"
        )
    nth = nth or 1
    if not 1 <= nth <= len(places):
        raise NotFoundError(f"there is no place {nth}: the quote stands {times} in article {article.number}")
    return annotate(
        desk,
        revision,
        places[nth - 1],
        code,
        target,
        note=note,
        tags=tags,
        holder=holder,
        voice=voice,
        confidence=confidence,
    )


def restance(desk: Desk, annotation: Annotation, code: str, target: str = "") -> Annotation:
    """Set an annotation's stance toward a target; the same again changes nothing, others stay.

    Raises:
        SchemeError: the scheme has no such code.
        NotFoundError: the annotation is deleted.
    """
    stance = _stance(desk, code, target)

    def changed(now: Annotation) -> tuple[Annotation, str]:
        before = now.stance_toward(stance.target)
        others = tuple(other for other in now.stances if other.target != stance.target)
        what = f"{before.code if before else 'no stance'} → {code}"
        return replace(now, stances=_ordered((*others, stance))), what

    return _change(desk, annotation, changed)


def retarget(desk: Desk, annotation: Annotation, before: str, target: str) -> Annotation:
    """Turn the stance an annotation has toward one target toward another; without one nothing changes.

    Raises:
        InputError: it has a stance toward the other target already.
        NotFoundError: the annotation is deleted.
    """
    before, target = one_line(before), one_line(target)

    def changed(now: Annotation) -> tuple[Annotation, str]:
        if before != target and now.stance_toward(before) and now.stance_toward(target):
            raise InputError(
                f"the mark has a stance toward {target!r} already: take one of the two away first"
            )
        stances = [
            stance._replace(target=target) if stance.target == before else stance for stance in now.stances
        ]
        return replace(now, stances=_ordered(stances)), "changed the target"

    return _change(desk, annotation, changed)


def reshape(desk: Desk, annotation: Annotation, revision: Revision, span: Span) -> Annotation:
    """Move an annotation's edges.

    Raises:
        InputError: the span is empty or outside the text.
        NotFoundError: the annotation is deleted.
    """
    anchor = _anchor(revision, span)
    return _change(desk, annotation, lambda now: (replace(now, anchor=anchor), "moved a mark's edges"))


def change(
    desk: Desk,
    annotation: Annotation,
    *,
    note: str | EllipsisType = ...,
    holder: str | EllipsisType = ...,
    voice: Voice | EllipsisType = ...,
    confidence: int | EllipsisType | None = ...,
    tags: Sequence[str] | EllipsisType = ...,
    stances: Sequence[Stance] | EllipsisType = ...,
) -> Annotation:
    """Change details of an annotation; what is left out (``...``) stays as it is.

    Raises:
        SchemeError: a stance's code is not in the scheme.
        InputError: a detail means nothing.
        NotFoundError: the annotation is deleted.
    """

    def changed(now: Annotation) -> tuple[Annotation, str]:
        new = replace(
            now,
            note=now.note if note is ... else note,
            holder=now.holder if holder is ... else holder,
            voice=now.voice if voice is ... else voice,
            confidence=now.confidence if confidence is ... else confidence,
            tags=now.tags if tags is ... else tuple(tags),
            stances=now.stances if stances is ... else _checked_stances(desk, stances, now.stances),
        )
        new = _checked(new)
        names = ("note", "holder", "voice", "confidence", "tags", "stances")
        differing = [name for name in names if getattr(new, name) != getattr(now, name)]
        return new, f"changed {', '.join(differing)}"

    return _change(desk, annotation, changed)


def delete(desk: Desk, annotation: Annotation) -> None:
    """Delete an annotation; undoable.

    Raises:
        NotFoundError: it is deleted already.
    """
    desk.store.annotations.delete(annotation.id, "deleted a mark")


def undo(desk: Desk, article_id: str | None = None) -> Change:
    """Undo this annotator's newest change, in one article or anywhere.

    Raises:
        NotFoundError: there is nothing to undo.
        ConflictError: what was changed has been changed by someone else since; nothing is touched.
    """
    return desk.store.history.undo(article_id)


def redo(desk: Desk, article_id: str | None = None) -> Change:
    """Do again what was undone last, in one article or anywhere.

    Raises:
        NotFoundError: there is nothing to redo.
        ConflictError: what was undone has been changed by someone else since; nothing is touched.
    """
    return desk.store.history.redo(article_id)


def _change(
    desk: Desk, annotation: Annotation, changed: Callable[[Annotation], tuple[Annotation, str]]
) -> Annotation:
    """Apply a change to the annotation as it is now; one that changes nothing is not stored."""
    with desk.store.transaction():
        now = desk.store.annotations.get(annotation.id)
        new, what = changed(now)
        return now if new == now else _save(desk, new, what)


def _save(desk: Desk, annotation: Annotation, what: str) -> Annotation:
    """Store an annotation, and with it what the labels of the scheme mean that its stances are of."""
    with desk.store.transaction():
        if any(stance.scheme == desk.scheme.name for stance in annotation.stances):
            desk.store.schemes.record(desk.scheme)
        return desk.store.annotations.save(annotation, what)


def _anchor(revision: Revision, span: Span) -> Anchor:
    text = revision.canonical.text
    if not 0 <= span.start < span.end <= len(text):
        raise InputError(f"nothing to mark: {span.start} to {span.end} is not a range of this text")
    exact, prefix, suffix = quote_of(text, span)
    return Anchor(revision_id=revision.id, span=Span(*span), exact=exact, prefix=prefix, suffix=suffix)


def _stance(desk: Desk, code: str, target: str) -> Stance:
    label = desk.scheme.label(code)
    if label is None or label.retired:
        codes = ", ".join(label.code for label in desk.scheme.offered)
        why = "no stance" if label is None else "retired the stance"
        raise SchemeError(f"the scheme {desk.scheme.name} has {why} {code!r}: it has {codes}")
    return Stance(target=one_line(target), scheme=desk.scheme.name, code=code)


def _checked_stances(desk: Desk, stances: Sequence[Stance], known: Sequence[Stance]) -> tuple[Stance, ...]:
    """Labels that the mark bears already may be of any scheme; new ones must be of the desk's."""
    borne = {(stance.scheme, stance.code) for stance in known}
    new = [
        stance._replace(target=one_line(stance.target))
        if (stance.scheme, stance.code) in borne
        else _stance(desk, stance.code, stance.target)
        for stance in stances
    ]
    seen = [stance.target for stance in new]
    if len(set(seen)) < len(seen):
        twice = next(target for target in seen if seen.count(target) > 1)
        raise InputError(f"two stances toward {twice!r}: a mark has at most one toward each target")
    return _ordered(new)


def _ordered(stances: Sequence[Stance]) -> tuple[Stance, ...]:
    return tuple(sorted(stances, key=lambda stance: stance.target))


def _checked(annotation: Annotation) -> Annotation:
    """The same with its details tidied, or an `InputError` that names the one that means nothing."""
    if annotation.voice not in VOICES:
        known = ", ".join(voice for voice in VOICES if voice)
        raise InputError(f"unknown voice {annotation.voice!r}: it is one of {known}, or empty")
    if annotation.confidence not in _CONFIDENCES:
        raise InputError(f"the confidence is 1, 2 or 3, not {annotation.confidence!r}")
    return replace(
        annotation,
        tags=checked_tags(annotation.tags),
        holder=one_line(annotation.holder),
        note=annotation.note.strip(),
    )
