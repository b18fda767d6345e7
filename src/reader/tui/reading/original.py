"""The view of the original: going from run to run, keeping and dropping them."""

from reader.desk import originals, reading
from reader.desk.originals import OriginalRun
from reader.errors import ReaderError
from reader.model import Change, Span
from reader.text.align import to_page
from reader.tui.base import told
from reader.tui.commands import Command
from reader.tui.painting import Sheet
from reader.tui.reading.comparing import Comparing
from reader.tui.reading.marking import Marking
from reader.tui.reading.moving import Moving

_HINTS = {"next-mark": "runs", "details": "keep or drop"}
_MARKING = frozenset({"comment", "target", "claim-next"})
"""Commands that the footer leaves out in the original: those for runs are to have room in a narrow window."""


class Originals(Moving, Marking, Comparing):
    """Shows the original in the article's place; the keys for marks are there the keys for runs."""

    @told
    async def action_original(self) -> None:
        """Show the original with what was dropped and why, or come back; the place is kept."""
        if self.opened is None or self._sheet is None:
            return
        if self._compared is not None:
            await self.action_difference()
        page = self.page
        self._edges, self._expanded, self._hits = "", "", ()
        if self._original is None:
            self._original = original = originals.original(self.session.desk, self.opened.article)
            page.show(Sheet(original.canonical), self._marks(()), caret=original.to_view(page.caret))
            self.say(reading.hidden(self._segments) or "Nothing was dropped")
        else:
            caret = self._original.to_text(page.caret)
            self._original = None
            page.show(
                self._sheet,
                self._marks(reading.annotations(self.session.desk, self.opened.article)),
                caret=caret,
            )
            self._message = ""
        self.show_all()

    # What the keys for marks do here

    def action_pick(self, direction: int) -> None:
        """Go to the next or previous run; in the article, pick a mark."""
        original = self._original
        if original is None:
            super().action_pick(direction)
            return
        starts = [run.view.start for run in original.runs]
        if not starts:
            self.say("Nothing was dropped or doubted")
            return
        caret = self.page.caret
        if direction > 0:
            start = next((start for start in starts if start > caret), starts[0])
        else:
            # From within a run its own start is not the one before.
            here = original.run_at(caret)
            before = here.view.start if here else caret
            start = next((start for start in reversed(starts) if start < before), starts[-1])
        self.page.select(None)
        self.page.place(start, centre=True)
        self._moved()

    @told
    async def action_details(self) -> None:
        """Keep or drop what is under the caret, or drop the selection; in the article, a mark's details."""
        if self._original is None:
            await super().action_details()
        else:
            await self._decide(may_keep=True)

    @told
    async def action_delete(self) -> None:
        """Drop the selection, or what is under the caret; in the article, delete a mark."""
        if self._original is None:
            await super().action_delete()
        else:
            await self._decide(may_keep=False)

    def _chosen(self) -> tuple[Span | None, OriginalRun | None]:
        """What a decision is about, in the page text: the selection, the run or the line; and the run."""
        original, page = self._original, self.page
        assert original is not None
        if page.selection is not None:
            return original.page_span(page.selection), None
        run = original.run_at(page.caret)
        if run is not None:
            return run.page, run
        return original.page_span(page.sheet.navigator.paragraph_at(page.caret)), None

    async def _decide(self, *, may_keep: bool) -> None:
        from reader.desk import overriding  # which brings the cleaner along

        span, run = self._chosen()
        if span is None or self.opened is None:
            self.say("There is nothing here to keep or to drop")
        elif may_keep and run is not None and run.verdict != "keep":
            self._retake(span, keep=True)
        elif run is not None and run.verdict == "drop":
            self.say(f"It is hidden already: {self.session.keys.shown('details', 1)} keeps it")
        elif borne := overriding.borne(self.session.desk, self.opened.article, span):
            from reader.tui.dialogs.confirm import Confirm

            def answered(yes: bool | None) -> None:
                if yes:
                    try:
                        self._retake(span, keep=False)
                    except ReaderError as error:
                        self.say(str(error), warn=True)
                else:
                    self.say("Not dropped")

            count = len(borne)
            quotes = "\n".join(f"“{mark.anchor.exact[:100]}”" for mark in borne[:5])
            question = f"Drop it with the words of {count} {'mark' if count == 1 else 'marks'}?"
            details = f"{quotes}\n\nA mark without words stays in lists and exports, as an orphan."
            await self.ask(Confirm(question, details, yes="Drop"), answered)
        else:
            self._retake(span, keep=False)

    def _retake(self, span: Span, *, keep: bool) -> None:
        """Carry out a decision on a stretch of the page text, and show what has become of it."""
        from reader.desk import overriding

        assert self.opened is not None
        decide = overriding.keep if keep else overriding.drop
        decide(self.session.desk, self.opened.article, span)
        self._show_again(span.start)
        undo = self.session.keys.shown("undo", 1)
        self.say(f"{'Kept' if keep else 'Dropped'}; {undo} takes it back")

    def _show_again(self, page_offset: int) -> None:
        """Show the original as the library has it now, the caret on a code point of the page text."""
        assert self.opened is not None
        self.opened = opened = reading.opened(self.session.desk, self.opened.article.number)
        self._sheet = Sheet(opened.revision.canonical)
        self._segments = reading.segments(self.session.desk, opened.article)
        self._original = original = originals.original(self.session.desk, opened.article)
        self._hits = ()
        caret = original.from_page(page_offset)
        self.page.show(Sheet(original.canonical), self._marks(()), caret=caret)
        self.show_all()

    def _show_change(self, change: Change) -> None:
        original = self._original
        if original is None:
            super()._show_change(change)
            return
        message = self._message
        self._show_again(to_page(original.view_links, self.page.caret) or 0)
        self.say(message)

    # What the bars say here

    def _what_a_stance_does(self) -> str:
        if self._original is None:
            return super()._what_a_stance_does()
        span, run = self._chosen()
        what = "selection" if self.page.selection is not None else "line" if run is None else "run"
        verb = "keeps" if run is not None and run.verdict != "keep" else "drops"
        return f"{self.session.keys.shown('details', 1)} {verb} this {what}" if span else ""

    def hint(self, command: Command) -> str:
        """What the footer calls a command now."""
        return _HINTS.get(command.id, command.hint) if self._original else command.hint

    def offers(self, command_id: str) -> bool:
        """The footer leaves out what the original's view cannot do."""
        return super().offers(command_id) and (self._original is None or command_id not in _MARKING)
