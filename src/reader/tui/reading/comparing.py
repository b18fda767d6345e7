"""What changed between two texts of the article, and going back to one of them."""

from reader.desk import reading, versions
from reader.desk.versions import Compared
from reader.tui.base import told
from reader.tui.painting import Sheet
from reader.tui.reading.base import ReadingBase

_MARKING = frozenset({"select", "next-mark", "details", "comment", "target", "undo"})
"""Commands of the footer that mean nothing in a difference."""


class Comparing(ReadingBase):
    """The view of a difference: its changes are places found, so the keys for these go through them."""

    def offers(self, command_id: str) -> bool:
        """The footer leaves out what a difference cannot do."""
        return super().offers(command_id) and (self._compared is None or command_id not in _MARKING)

    def _what_a_stance_does(self) -> str:
        return "no marks" if self._compared is not None else super()._what_a_stance_does()

    @told
    async def action_difference(self) -> None:
        """Show what changed since the text before, or come back; the place is kept."""
        if self.opened is None or self._sheet is None:
            return
        if self._compared is not None:
            self._leave_difference()
        else:
            await self._compare(None, None)

    @told
    async def action_texts(self, direction: int) -> None:
        """Compare two older or two newer texts."""
        if self.opened is None:
            return
        if self._compared is None:
            await self._compare(None, None)
            return
        count = len(versions.versions(self.session.desk, self.opened.article))
        newer = self._compared.newer.number + direction
        if not 2 <= newer <= count:
            self.say("There is no newer text" if direction > 0 else "There is no older text")
            return
        await self._compare(newer - 1, newer)

    @told
    async def action_show_text(self) -> None:
        """Show the newer of the texts that are compared, else the newest."""
        if self.opened is None:
            return
        article = self.opened.article
        texts = versions.versions(self.session.desk, article)
        wanted = self._compared.newer if self._compared is not None else texts[-1]
        if wanted.revision_id == article.revision_id:
            if self._compared is not None:
                self._leave_difference()
            self.say("This is the newest text" if wanted == texts[-1] else f"Text {wanted.number} is shown")
            return
        versions.show(self.session.desk, article, wanted)
        self.open(article.number)
        undo = self.session.keys.shown("undo", 1)
        self.say(f"Text {wanted.number} of {len(texts)} is shown now ({undo} takes it back)")

    async def _compare(self, older: int | None, newer: int | None) -> None:
        assert self.opened is not None
        article = self.opened.article
        # A megabyte takes a second: the keys pressed meanwhile are dealt with.
        view = await self.session.background.run(lambda desk: versions.compared(desk, article, older, newer))
        if self.opened is None or self.opened.article.id != article.id:
            return
        page = self.page
        text = page.caret if self._view is None else self._view.to_text(page.caret)
        self._original, self._compared = None, view
        self._edges, self._expanded = "", ""
        first = next((change.start for change in view.changes), 0)
        page.show(
            Sheet(view.canonical), self._marks(()), caret=view.to_view(text) if not view.changes else first
        )
        # Not shown as found: how they are set says what they are.
        self._needle, self._hits = "change", view.changes
        self.say(_told(view, self.session.keys.shown("next-found", 1)))
        self.show_all()

    def _leave_difference(self) -> None:
        if self.opened is None or self._sheet is None or self._compared is None:
            return
        caret = self._compared.to_text(self.page.caret)
        shown = self._compared.newer.revision_id == self.opened.revision.id
        self._compared, self._hits, self._needle = None, (), ""
        annotations = reading.annotations(self.session.desk, self.opened.article)
        place = caret if shown else self.opened.article.position
        self.page.show(self._sheet, self._marks(annotations), caret=place)
        self._message = ""
        self.show_all()


def _told(view: Compared, key: str) -> str:
    count = len(view.changes)
    if not count:
        return f"Text {view.older.number} and text {view.newer.number} have the same words"
    changes = "1 change" if count == 1 else f"{count} changes"
    return f"{changes} from text {view.older.number} to text {view.newer.number}: {key} goes to the next"
