"""Finding in the article, and copying from it."""

import asyncio
from bisect import bisect_left, bisect_right

from textual.containers import Container

from reader.model import Span
from reader.text.find import find_all
from reader.tui.base import SEARCH_LINE
from reader.tui.clipboard import copy_by_program
from reader.tui.reading.base import ReadingBase

_SHORTEST = 3
_LONG = 200_000
"""In a text of so many code points, fewer letters than `_SHORTEST` are looked for only at Enter."""


class Finding(ReadingBase):
    """The search line, the places found, the clipboard."""

    # Finding

    async def action_search(self) -> None:
        """Find in the article while typing."""
        from reader.tui.line import Line

        box = self.query_one("#find", Container)
        box.display = True
        self._found_from = self.page.caret
        await box.remove_children()
        line = Line(placeholder="find in the article · Enter stays · Esc goes back", id=SEARCH_LINE)
        # The next key is for the line already, so its focus is not left to the next refresh.
        await box.mount(line)
        self.set_focus(line)

    def on_input_changed(self, event: object) -> None:
        """Show the places found and go to the first from where the search began."""
        needle = str(getattr(event, "value", ""))
        if len(needle.strip()) >= _SHORTEST or len(self.page.sheet.shown) < _LONG:
            self._find(needle)

    def _find(self, needle: str) -> None:
        self._needle = needle
        self._hits = tuple(find_all(self.page.sheet.canonical.text, needle)) if needle.strip() else ()
        self.page.set_found(self._hits)
        if self._hits:
            at = bisect_left(self._hits, self._found_from, key=_start)
            self.page.place(self._hits[at % len(self._hits)].start, centre=True)
        else:
            self.page.place(self._found_from)
        self.show_status()

    def on_input_submitted(self, event: object) -> None:
        """Stay where the search went."""
        needle = str(getattr(event, "value", ""))
        if needle != self._needle:
            self._find(needle)
        self._close_find()
        if self._needle and not self._hits:
            self.say(f"Not found: {self._needle}")

    def action_found(self, direction: int) -> None:
        """Go to the next or previous place found."""
        if not self._hits:
            self.say(f"Nothing to go to: {self.session.keys.shown('search', 1)} finds in the article")
            return
        caret, count = self.page.caret, len(self._hits)
        if direction > 0:
            at = bisect_right(self._hits, caret, key=_start)
        else:
            at = bisect_left(self._hits, caret, key=_start) - 1
        self.page.place(self._hits[at % count].start, centre=True)
        self._moved()

    # Copying

    async def action_copy(self) -> None:
        """Copy the selection, else the quote of the mark or the sentence."""
        await self._copy(self._copied_text(), "Copied")

    async def action_copy_cited(self) -> None:
        """Copy it with title, source, date and address."""
        if self.opened is None:
            return
        known = self.opened.article.metadata
        facts = [known.title, known.source, known.published[:10], known.url]
        await self._copy(
            f"“{self._copied_text()}”\n" + ", ".join(fact for fact in facts if fact), "Copied with its source"
        )

    def _copied_text(self) -> str:
        page = self.page
        text = page.sheet.canonical.text
        if page.selection is not None:
            return text[page.selection.start : page.selection.end]
        index = self._at_hand()
        span = page.marks.spans[index] if index is not None else page.sentence
        return text[span.start : span.end]

    async def _copy(self, text: str, told: str) -> None:
        # A clipboard program may take its time, or never answer.
        if not await asyncio.to_thread(copy_by_program, text):
            self.app.copy_to_clipboard(text)
        self.say(f"{told}: {text[:60]}{'…' if len(text) > 60 else ''}")


def _start(span: Span) -> int:
    return span.start
