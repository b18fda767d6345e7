"""Links between marks, also of different articles: making them, and going along them and back."""

from reader.desk import linking
from reader.errors import ReaderError
from reader.model import RELATION_TYPES, Annotation, RelatedMark
from reader.tui.base import told
from reader.tui.reading.marking import Marking
from reader.tui.session import Place

_QUOTE = 60
"""So many code points of a mark's quote are told."""


def quoted(annotation: Annotation) -> str:
    """A mark's quote, cut where it is long."""
    quote = " ".join(annotation.anchor.exact.split())
    return f"“{quote if len(quote) <= _QUOTE else quote[: _QUOTE - 1] + '…'}”"


class Linking(Marking):
    """From one mark to another."""

    @told
    async def action_link(self) -> None:
        """Begin a link at the mark at hand, or end it there and ask what it says."""
        if self._refuses():
            return
        mark = self._mark_at_hand("No mark here to link: ] goes to the next one")
        if mark is None:
            return
        session, key = self.session, self.session.keys.shown("link", 1)
        source, session.link_from = session.link_from, None
        if source is None:
            session.link_from = mark
            self.say(f"Link from {quoted(mark)}: go to another mark, in any article, and press {key} there")
        elif source.id == mark.id:
            self.say("No link is begun any more")
        else:
            await self._ask_type(source, mark)
        self.show_stances()

    async def _ask_type(self, source: Annotation, mark: Annotation) -> None:
        from reader.tui.dialogs.choice import Choice

        def chosen(position: int | None) -> None:
            if position is None:
                self.session.link_from = source
                self.say(f"Not linked; the link from {quoted(source)} is still begun")
                self.show_stances()
                return
            kind = RELATION_TYPES[position]
            _, new = linking.link(self.session.desk, source, mark, kind)
            self._stored(mark, f"{'Linked' if new else 'Linked already'}: {linking.NAMES[kind]}", pick=True)

        lines = [f"{linking.NAMES[kind]} {quoted(mark)}" for kind in RELATION_TYPES]
        await self.ask(Choice(f"{quoted(source)} …", lines), chosen)

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
