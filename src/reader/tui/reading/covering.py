"""Other accounts of the event that the article tells of."""

from textual import work
from textual.timer import Timer

from reader.desk import sources
from reader.errors import ReaderError
from reader.model import Related
from reader.tui.base import told
from reader.tui.reading.base import ReadingBase
from reader.tui.session import Session

_AFTER = 0.5
"""Seconds that an article has been open when it is looked for others: whoever leafs on waits for nothing."""


class Covering(ReadingBase):
    """Looks for other accounts when an article has been open for a moment, and leads to them."""

    def __init__(self, session: Session) -> None:
        """Start without any."""
        super().__init__(session)
        self._related: tuple[Related, ...] = ()
        self._look: Timer | None = None

    def _show_opened(self) -> None:
        self._related = ()
        super()._show_opened()
        if self._look is not None:
            self._look.stop()
        self._look = self.set_timer(_AFTER, self._look_for_accounts)

    @work(group="covering", exclusive=True, exit_on_error=False)
    async def _look_for_accounts(self) -> None:
        if self.opened is None or not self.is_current:
            return
        article = self.opened.article
        try:
            found = await self.session.background.run(lambda desk: sources.related(desk, article))
        except ReaderError as error:
            # Nobody asked for it; who does will be told.
            self.log(f"other accounts were not looked for: {error}")
            return
        if self.opened is not None and self.opened.article.id == article.id:
            self._related = found
            self.show_head()

    def _beside_number(self) -> str:
        if not self._related:
            return ""
        return f"also covered by {len(self._related)}: {self.session.keys.shown('also-covered', 1)}   "

    @told
    async def action_also_covered(self) -> None:
        """List the other accounts of the event, and open the one that is chosen."""
        if self.opened is None:
            return
        from reader.tui.dialogs.choice import Choice

        article = self.opened.article
        found = await self.session.background.run(lambda desk: sources.related(desk, article))
        places = sources.sources(self.session.desk, article)
        if not found:
            self.say("No other account of this is in the library" + _places(len(places)))
            return

        def chosen(index: int | None) -> None:
            if index is None:
                return
            try:
                self.leave_place()
                self.open(found[index].number)
            except ReaderError as error:
                self.say(str(error), warn=True)

        title = f"Also covered by {len(found)}{_places(len(places))}"
        await self.ask(Choice(title, [_line(one) for one in found]), chosen)


def _line(one: Related) -> str:
    facts = (one.published[:10], one.source, one.title or "(no title)")
    return "  ".join(fact for fact in facts if fact) + f"  ({one.number})"


def _places(count: int) -> str:
    return f"; this text itself was found at {count} places" if count > 1 else ""
