"""Links between marks, also of different articles: making them here, going along them and back."""

from reader.desk import linking
from reader.errors import ReaderError
from reader.model import Annotation, RelatedMark
from reader.tui.base import told
from reader.tui.linking import LinkingScreen, quoted
from reader.tui.reading.marking import Marking
from reader.tui.session import Place


class Linking(Marking, LinkingScreen):
    """From one mark to another."""

    def link_begun(self) -> None:
        """The bar of stances shows it."""
        self.show_stances()

    def linked(self, mark: Annotation, told: str) -> None:
        """Show the mark with its link."""
        self._stored(mark, told, pick=True)

    @told
    async def action_link(self) -> None:
        """Begin a link at the mark at hand, or end it there and ask what it says."""
        if self._refuses():
            return
        mark = self._mark_at_hand("No mark here to link: ] goes to the next one")
        if mark is None:
            return
        await self._link(mark)

    def _mark_at_hand(self, otherwise: str) -> Annotation | None:
        index = self._at_hand()
        if index is None:
            self.say(otherwise)
            return None
        return self.page.marks.annotations[index]

    @told
    async def action_follow(self) -> None:
        """Go to the mark at the other end of a link; asks which where there are several."""
        if self._refuses():
            return
        mark = self._mark_at_hand("No mark here")
        if mark is None:
            return
        related = linking.links(self.session.desk, mark)
        if not related:
            self.say(f"The mark has no links: {self.session.keys.shown('link', 1)} begins one")
        elif len(related) == 1:
            self._go_along(related[0])
        else:
            from reader.tui.dialogs.choice import Choice

            lines = [f"{_named(one)} {one.article}: {quoted(one.other)}" for one in related]

            def chosen(position: int | None) -> None:
                if position is not None:
                    self._go_along(related[position])

            await self.ask(Choice("Follow which link?", lines), chosen)

    def _go_along(self, related: RelatedMark) -> None:
        if self.opened is None:
            return
        self.session.trail.append(Place(self.opened.article.number, self.page.caret))
        try:
            self._go(related.article)
        except ReaderError as error:
            self.say(str(error), warn=True)
            return
        index = self.page.marks.index_of(related.other.id)
        if index is not None:
            self.page.pick(index)
        self._moved()
        self.say(f"{_named(related)} {quoted(related.other)}")

    def _go(self, number: int) -> None:
        if self.opened is not None and self.opened.article.number != number:
            self.leave_place()
            self.open(number)

    @told
    async def action_return(self) -> None:
        """Go back to where a link was followed from."""
        if self._refuses():
            return
        if not self.session.trail:
            self.say("No link was followed to here")
            return
        place = self.session.trail.pop()
        self._go(place.article)
        self.page.pick(None)
        self.page.place(place.caret)
        self._moved()


def _named(related: RelatedMark) -> str:
    return f"{linking.NAMES[related.relation.type]} {linking.arrow(related)}"
