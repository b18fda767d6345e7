"""Moving the caret and selecting."""

import asyncio
from collections.abc import Callable

from reader.model import Span
from reader.tui.base import told
from reader.tui.links import open_url
from reader.tui.reading.base import ReadingBase


class Moving(ReadingBase):
    """The motions, alone and extending a selection."""

    # Moving

    def action_down(self) -> None:
        """A line down."""
        self.page.move_rows(1)
        self._moved()

    def action_up(self) -> None:
        """A line up."""
        self.page.move_rows(-1)
        self._moved()

    def action_left(self) -> None:
        """A character left."""
        self._place(self.page.sheet.navigator.grapheme(self.page.caret, -1))

    def action_right(self) -> None:
        """A character right."""
        self._place(self.page.sheet.navigator.grapheme(self.page.caret, 1))

    def action_word(self, direction: int) -> None:
        """To the next or previous word."""
        navigator = self.page.sheet.navigator
        self._reach(navigator.word, navigator.word_at, direction)

    def action_sentence(self, direction: int) -> None:
        """To the next or previous sentence."""
        navigator = self.page.sheet.navigator
        self._reach(navigator.sentence, navigator.sentence_at, direction)

    def action_paragraph(self, direction: int) -> None:
        """To the next or previous paragraph."""
        navigator = self.page.sheet.navigator
        self._reach(navigator.paragraph, navigator.paragraph_at, direction)

    def action_line_start(self) -> None:
        """To the first character of the line."""
        self.page.line_edge(end=False)
        self._moved()

    def action_line_end(self) -> None:
        """To the last character of the line."""
        self.page.line_edge(end=True)
        self._moved()

    def action_top(self) -> None:
        """To the first character."""
        self._place(0)

    def action_bottom(self) -> None:
        """To the last character."""
        self._place(self.page.sheet.navigator.last)

    def action_half(self, direction: int) -> None:
        """Half a page."""
        self.page.move_pages(0.5 * direction)
        self._moved()

    async def action_page(self, direction: int) -> None:
        """A page; at the article's end a first one says, and a second one does, go on to the next unread."""
        before, ended = self.page.caret, self._ended
        self.page.move_pages(1.0 * direction)
        self._moved()
        if direction < 0 or self.page.caret != before or self.page.selection or self._original is not None:
            return
        if ended:
            await self.action_next_unread()
        else:
            self._ended = True
            self.say(f"The end: {self.session.keys.shown('page-down', 1)} opens the next unread article")

    async def action_next_unread(self) -> None:
        """Open the next unread article."""
        raise NotImplementedError

    def _reach(
        self, motion: Callable[[int, int], int], unit_at: Callable[[int], Span], direction: int
    ) -> None:
        """Move by words, sentences or paragraphs; a selection that grows forwards reaches to a unit's end.

        The first letter of the next one, on which the caret would rest, is never meant.
        """
        page = self.page
        target = motion(page.caret, direction)
        anchor = page.selection_anchor
        if anchor is not None and direction > 0 and target > anchor:
            last = self._last_of(unit_at(page.caret))
            here = last > page.caret and last >= anchor
            target = last if here else self._last_of(unit_at(target))
        self._place(target)

    def _last_of(self, unit: Span) -> int:
        """The start of a unit's last character."""
        return self.page.sheet.navigator.cluster(max(unit.start, unit.end - 1)).start

    def _place(self, offset: int) -> None:
        self.page.place(offset)
        self._moved()

    # Selecting

    def action_select(self) -> None:
        """Start or end a selection."""
        self.page.toggle_selection()
        self._edges, self._expanded = "", ""
        self._moved()

    def action_expand(self) -> None:
        """Select the sentence, then the paragraph, then shrink back to nothing."""
        navigator, page = self.page.sheet.navigator, self.page
        sentence = navigator.sentence_at(page.caret)
        paragraph = navigator.paragraph_at(page.caret)
        selection = page.selection
        if selection is None or not self._expanded:
            self._expanded_from = page.caret
            page.select(sentence)
            self._expanded = "sentence"
        elif self._expanded == "sentence" and paragraph != selection:
            page.select(paragraph)
            self._expanded = "paragraph"
        else:
            page.select(None)
            page.place(self._expanded_from)
            self._expanded = ""
        self._moved()

    @told
    async def action_swap_or_open_url(self) -> None:
        """Swap the selection's ends; without one, open the article's address."""
        if self.page.selection is not None:
            self.page.swap_ends()
            self._moved()
        elif self.opened is not None:
            self.say(await asyncio.to_thread(open_url, self.opened.article.metadata.url))
