"""Walking through the marks that lost their place when a text changed."""

from textual.content import Content
from textual.widgets import Static

from reader.desk import versions
from reader.errors import NotFoundError
from reader.model import Waiting
from reader.text.spans import trim
from reader.text.visible import visible
from reader.tui.base import told
from reader.tui.commands import Command, of_screen
from reader.tui.reading.comparing import Comparing
from reader.tui.reading.marking import Marking
from reader.tui.session import Session

_ACTIONS = frozenset(command.action.partition("(")[0] for command in of_screen("review"))
_CONTEXT = 160
"""Code points of the old text that are shown on either side of the old quote."""


class Reviewing(Marking, Comparing):
    """The review: the old quote in its old context above the text, its proposed place picked in the text."""

    def __init__(self, session: Session) -> None:
        """Start outside the review."""
        super().__init__(session)
        self._to_review: tuple[Waiting, ...] = ()
        self._at = 0
        self._decided_in: list[str] = []
        """The articles of the marks that were decided upon, the last one last."""

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """The review's keys are there only in the review."""
        if action in _ACTIONS and not (self._reviewing and self._view is None):
            return False
        return super().check_action(action, parameters)

    def commands(self) -> list[Command]:
        """In the review its own commands stand before those of the article."""
        return [*(of_screen("review") if self._reviewing else ()), *of_screen("reading")]

    def offers(self, command_id: str) -> bool:
        """The footer leaves out what the review does otherwise."""
        taken = {"next-mark", "details", "undo", "original", "export", "comment", "target", "search"}
        return super().offers(command_id) and not (self._reviewing and command_id in taken)

    # Beginning and ending

    @told
    async def action_review(self) -> None:
        """Begin the review with this article's marks, or end it."""
        if self._reviewing:
            self.end_review()
        elif not self._refuses():
            self.begin_review()

    def begin_review(self) -> None:
        """Begin with the open article's first mark that waits, else with the first of all."""
        self._to_review = versions.waiting(self.session.desk)
        if not self._to_review:
            self.say("No mark waits for a place")
            return
        number = self.opened.article.number if self.opened is not None else 0
        here = (index for index, one in enumerate(self._to_review) if one.number == number)
        self._reviewing = True
        self._show_waiting(next(here, 0))

    def end_review(self, message: str = "") -> None:
        """Leave the review where it is."""
        self._reviewing, self._to_review, self._decided_in = False, (), []
        self._panel.display = False
        self._message = message
        self.show_all()

    @property
    def _panel(self) -> Static:
        return self.query_one("#review", Static)

    def _show_waiting(self, index: int) -> None:
        """Show one of the marks that wait, in its article."""
        self._at = index
        one = self._to_review[index]
        if self.opened is None or self.opened.article.number != one.number:
            self.leave_place()
            self.open(one.number)
        page = self.page
        page.select(None)
        picked = page.marks.index_of(one.annotation.id)
        if picked is not None:
            page.pick(picked)
        else:
            page.pick(None)
            page.place(one.annotation.span.start, centre=True)
        self._show_panel(one)
        self._message = ""
        self.show_all()

    def _show_panel(self, one: Waiting) -> None:
        keys = self.session.keys
        accept, refuse, attach = (keys.shown(name, 1) for name in ("accept-place", "refuse-place", "attach"))
        if one.annotation.anchor.status == "review":
            score = round(100 * one.annotation.anchor.score)
            what = f"{score} % of the words are here: {accept} is the place, {refuse} is not"
        else:
            what = "no place found"
        panel = self._panel
        panel.update(
            Content.assemble(
                (f"Review {self._at + 1} of {len(self._to_review)}", "bold $accent"),
                f" · {what} · select and {attach} puts it there\n",
                ("… " + visible(one.before[-_CONTEXT:]), "$foreground 60%"),
                (visible(one.origin.exact), "bold underline"),
                (visible(one.after[:_CONTEXT]) + " …", "$foreground 60%"),
            )
        )
        panel.display = True

    # Deciding

    @told
    async def action_waiting(self, direction: int) -> None:
        """Go to the next or previous mark that waits."""
        self._show_waiting((self._at + direction) % len(self._to_review))

    @told
    async def action_accept_place(self) -> None:
        """Confirm the proposed place."""
        versions.accept(self.session.desk, self._to_review[self._at].annotation)
        self._decided("Confirmed")

    @told
    async def action_refuse_place(self) -> None:
        """Say that it is not the place; of a mark without one there is nothing to say."""
        one = self._to_review[self._at]
        if one.annotation.anchor.status == "orphan":
            self.say("It has no place already: select one and put it there")
            return
        versions.refuse(self.session.desk, one.annotation)
        self._decided("Kept without a place")

    @told
    async def action_attach(self) -> None:
        """Put the mark on the selection; without one, go on reading here."""
        if self.opened is None:
            return
        selection = self.page.selection
        if selection is None:
            self.end_review()
            return
        span = trim(self.page.sheet.canonical.text, selection)
        versions.attach(self.session.desk, self._to_review[self._at].annotation, self.opened.revision, span)
        self._decided("Put there")

    @told
    async def action_undo_review(self) -> None:
        """Undo the last decision, where it was made, and show the mark; else the article's last change."""
        here = self._to_review[self._at].annotation.article_id
        change = self._undo_or_redo(self._decided_in.pop() if self._decided_in else here, redo=False)
        if change is not None:
            message = self._message
            self._look_anew(change.annotation_id)
            self._message = message
            self.show_status()

    def _decided(self, message: str) -> None:
        """Go on to the next mark that waits."""
        self._decided_in.append(self._to_review[self._at].annotation.article_id)
        left = self._to_review[self._at + 1 :] or self._to_review[: self._at]
        self._look_anew(left[0].annotation.id if left else "")
        undo = self.session.keys.shown("undo-review", 1)
        self.say(f"{message} ({undo} takes it back)")

    def _look_anew(self, annotation_id: str) -> None:
        """Read what waits again and show one of it."""
        self._to_review = versions.waiting(self.session.desk)
        try:
            self._reread()
        except NotFoundError:
            self.end_review()
            self.app.pop_screen()
            return
        if not self._to_review:
            self.end_review("No mark waits any more")
            return
        ids = [one.annotation.id for one in self._to_review]
        self._show_waiting(ids.index(annotation_id) if annotation_id in ids else min(self._at, len(ids) - 1))
