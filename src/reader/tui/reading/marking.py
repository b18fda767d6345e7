"""Making, changing, deleting marks, and undoing all of it."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from reader.claims.found import Proposal
from reader.desk import linking, marking, reading
from reader.errors import ConflictError, NotFoundError, ReaderError
from reader.model import Annotation, Change, Span
from reader.text.spans import trim
from reader.tui.base import told
from reader.tui.reading.base import ReadingBase


class Marking(ReadingBase):
    """Everything that changes marks."""

    # Marking

    @told
    async def action_stance(self, key: str) -> None:
        """Give a stance to the selection, the picked mark, or the sentence under the caret."""
        if self._refuses() or self.opened is None:
            return
        label = next((label for label in self.session.desk.scheme.offered if label.key == key), None)
        if label is None:
            self.say(f"The scheme has no stance {key}")
            return
        kind, aim = self._aim()
        target = self.session.target
        toward = f" → {target}" if target else ""
        if isinstance(aim, Annotation):
            before = aim.stance_toward(target)
            stored = marking.restance(self.session.desk, aim, label.code, target)
            was = f"{before.code} → " if before and before.code != label.code else ""
            told = f"{label.symbol} {was}{label.code}{toward}"
        else:
            if not self._quote(aim).strip():
                self.say("There is nothing to mark here")
                return
            stored = marking.annotate(self.session.desk, self.opened.revision, aim, label.code, target)
            told = f"{label.symbol} {label.name}: marked the {kind}{toward}"
        self._stored(stored, told, pick=isinstance(aim, Annotation) and self.page.picked is not None)

    def _stored(self, annotation: Annotation | None, told: str, *, pick: bool = False) -> None:
        """Show the marks as they are in the library after a change."""
        if self.opened is None:
            return
        page = self.page
        page.select(None)
        self._edges, self._expanded = "", ""
        annotations = reading.annotations(self.session.desk, self.opened.article)
        self.opened = replace(self.opened, annotations=annotations)
        marks = self._marks(annotations)
        index = marks.index_of(annotation.id) if pick and annotation is not None else None
        page.set_marks(marks, index)
        self.say(told)
        self.show_stances()

    def action_pick(self, direction: int) -> None:
        """Pick the next or previous mark, through a stack of overlapping ones too."""
        if self._refuses():
            return
        shown = self.opened
        try:
            self.catch_up()
        except ReaderError as error:
            self.say(str(error), warn=True)
            return
        if shown and self.opened and shown.revision.id != self.opened.revision.id:
            return
        page = self.page
        count = len(page.marks.spans)
        if not count:
            self.say("No marks yet: a stance key marks the sentence under the caret")
            return
        if page.picked is not None:
            index = (page.picked + direction) % count
        else:
            starts = [span.start for span in page.marks.spans]
            after = next((n for n, start in enumerate(starts) if start > page.caret), count)
            at = next((n for n, start in enumerate(starts) if start == page.caret), None)
            if direction > 0:
                index = at if at is not None else after % count
            else:
                before = [n for n, start in enumerate(starts) if start < page.caret]
                index = at if at is not None else (before[-1] if before else count - 1)
        page.pick(index)
        self._moved()

    @told
    async def action_edges(self) -> None:
        """Take the mark's span as the selection, to move its edges."""
        if self._refuses():
            return
        index = self._at_hand()
        if index is None:
            self.say("No mark here to move the edges of")
            return
        annotation = self.page.marks.annotations[index]
        self.page.select(annotation.span)
        self._edges = annotation.id
        self._expanded = ""
        self._moved()

    @told
    async def action_details(self) -> None:
        """With moved edges, store them; on a mark, show its details."""
        if self._refuses() or self.opened is None:
            return
        page = self.page
        if self._edges:
            index = page.marks.index_of(self._edges)
            selection = page.selection
            if index is None:
                self._edges = ""
                self.say("The mark is not there any more")
            elif selection is not None:
                span = trim(page.sheet.canonical.text, selection)
                stored = marking.reshape(
                    self.session.desk, page.marks.annotations[index], self.opened.revision, span
                )
                self._stored(stored, "Edges moved")
            return
        index = self._at_hand()
        if index is None:
            self.say("No mark here: a stance key marks the sentence, ] goes to the next mark")
            return
        await self._edit(page.marks.annotations[index])

    async def _edit(self, annotation: Annotation) -> None:
        from reader.tui.dialogs.details import changed_details, details_form, removed_links

        desk = self.session.desk
        related = linking.links(desk, annotation)
        stored: list[Annotation] = []

        def change(values: Mapping[str, str]) -> None:
            # While the form is open: what cannot be taken is told there, and nothing typed is lost.
            with desk.store.transaction():
                changed = marking.change(desk, annotation, **changed_details(values, annotation))
                for relation in removed_links(values, related):
                    linking.unlink(desk, relation, annotation)
            stored.append(changed)

        def closed(_: Mapping[str, str] | None) -> None:
            if stored:
                self._stored(stored[-1], "Stored", pick=True)

        form = details_form(
            annotation,
            desk.scheme,
            self.session.codebook,
            self._targets(),
            self.session.target,
            related,
            self._proposal(annotation),
            check=change,
        )
        await self.ask(form, closed)

    def _proposal(self, annotation: Annotation) -> Proposal:
        """Whose words a mark is likely to be."""
        raise NotImplementedError

    def _do(self, change: Callable[[], Annotation | None], told: str) -> None:
        """Carry out a change that a dialog asked for, which comes back with what was typed if this fails."""
        # The dialog took its time: another session may have changed what it was about.
        self.look_again()
        stored = change()
        self._stored(stored, told, pick=stored is not None)

    @told
    async def action_comment(self) -> None:
        """Comment on the mark at hand; without one, mark the selection or the sentence with a comment."""
        if self._refuses() or self.opened is None:
            return
        from reader.tui.dialogs.prompt import Prompt

        desk, revision = self.session.desk, self.opened.revision
        _, aim = self._aim()
        index = self._at_hand() if self.page.selection is None else None
        annotation = self.page.marks.annotations[index] if index is not None else None
        if annotation is None and isinstance(aim, Annotation):
            # The caret is on the blank behind the marked sentence.
            annotation = aim

        def annotated(span: Span, note: str) -> Annotation:
            if self.opened is None or self.opened.revision.id != revision.id:
                raise ConflictError("the article has another text now: nothing is marked in the old one")
            return marking.annotate(desk, revision, span, None, note=note)

        def store(note: str | None) -> None:
            if note is None:
                return
            if annotation is not None:
                self._do(lambda: marking.change(desk, annotation, note=note), "Comment stored")
            elif note.strip() and quote.strip() and isinstance(aim, Span):
                self._do(lambda: annotated(aim, note), "Marked with a comment")

        quote = annotation.anchor.exact if annotation else self._quote(aim)
        await self.ask(Prompt("Comment on: " + quote[:200], annotation.note if annotation else ""), store)

    def _quote(self, aim: Span | Annotation) -> str:
        text = self.page.sheet.canonical.text
        return aim.anchor.exact if isinstance(aim, Annotation) else text[aim.start : aim.end]

    def _targets(self) -> list[str]:
        """What a target can be completed to, the one used last first."""
        return self.session.known_targets()

    @told
    async def action_delete(self) -> None:
        """Delete the mark at hand."""
        if self._refuses():
            return
        index = self._at_hand()
        if index is None:
            self.say("No mark here to delete")
            return
        marking.delete(self.session.desk, self.page.marks.annotations[index])
        self._stored(None, f"Mark deleted ({self.session.keys.shown('undo', 1)} brings it back)")

    # History

    @told
    async def action_undo(self) -> None:
        """Undo the newest change in this article."""
        await self._history(redo=False)

    @told
    async def action_redo(self) -> None:
        """Redo what was undone last in this article."""
        await self._history(redo=True)

    async def _history(self, *, redo: bool) -> None:
        if self.opened is None:
            return
        change = self._undo_or_redo(self.opened.article.id, redo=redo)
        if change is None:
            return
        try:
            self._show_change(change)
        except NotFoundError:
            # What was undone or redone has removed the article itself.
            self.app.pop_screen()

    def _show_change(self, change: Change) -> None:
        message = self._message
        assert self.opened is not None
        self._reread()
        index = self.page.marks.index_of(change.annotation_id)
        if index is not None:
            self.page.pick(index)
        self._message = message
        self.show_all()
