"""What both screens do with targets: list, rename, merge, say what kind they are."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from reader.desk import targets
from reader.errors import NotFoundError, ReaderError
from reader.model import TARGET_KINDS, TargetUse
from reader.text.tidy import one_line
from reader.tui.base import BaseScreen, told

if TYPE_CHECKING:  # the dialogs' widgets load when they are first needed
    from reader.tui.dialogs.managing import Wanted

_NO_KIND = "not said"


class ManagingTargets(BaseScreen):
    """The list of targets; each deed leads back to it, with a line that says what has happened."""

    def shows_article(self) -> str | None:
        """The id of the article in which what is done here is undone too; None where none is shown."""
        return None

    def marks_changed(self) -> None:
        """Show the marks as they are now."""

    @told
    async def action_targets(self) -> None:
        """List the targets."""
        await self._list_targets()

    async def _list_targets(self, position: int = 0, message: str = "") -> None:
        from reader.tui.dialogs.targets import Targets

        uses = targets.uses(self.session.desk)

        def wanted(answer: "Wanted | None") -> None:
            if answer is not None:
                self.call_later(self._do_with_target, answer, uses)

        await self.ask(Targets(uses, position, message), wanted)

    async def _do_with_target(self, wanted: "Wanted", uses: Sequence[TargetUse]) -> None:
        if wanted.deed == "undo" or wanted.deed == "redo":
            await self._go_back(wanted)
        elif wanted.deed == "choose":
            self.session.choose_target(uses[wanted.position].target.text)
            self.marks_changed()
            self.say(f"Stances are now toward: {self.session.target}")
        elif wanted.deed == "rename":
            await self._rename(wanted.position, uses)
        elif wanted.deed == "merge":
            await self._ask_what_to_merge_with(wanted.position, uses)
        else:
            await self._ask_kind(wanted.position, uses)

    async def _go_back(self, wanted: "Wanted") -> None:
        from reader.desk import marking

        try:
            redo = wanted.deed == "redo"
            change = (marking.redo if redo else marking.undo)(self.session.desk, None)
        except ReaderError as error:
            await self._list_targets(wanted.position, str(error))
            return
        await self._done(wanted.position, f"{'Redone' if redo else 'Undone'}: {change.what}")

    async def _done(self, position: int, message: str) -> None:
        self.session.refresh_target()
        self.marks_changed()
        await self._list_targets(position, message)

    async def _rename(self, position: int, uses: Sequence[TargetUse]) -> None:
        from reader.tui.dialogs.prompt import Prompt

        target = uses[position].target

        def typed(text: str | None) -> None:
            if text is None:
                self.call_later(self._list_targets, position)
                return
            others = [n for n, use in enumerate(uses) if use.target.text == one_line(text) and n != position]
            if others:
                self.call_later(self._merge, position, others[0], uses)
                return
            renamed = targets.rename(self.session.desk, target, text, self.shows_article())
            self.call_later(self._done, position, f"Renamed: {target.text} → {renamed.text}")

        await self.ask(Prompt("Rename the target everywhere", target.text), typed)

    async def _ask_what_to_merge_with(self, position: int, uses: Sequence[TargetUse]) -> None:
        from reader.tui.dialogs.prompt import Prompt

        texts = [use.target.text for use in uses]

        def typed(text: str | None) -> None:
            if text is None:
                self.call_later(self._list_targets, position)
                return
            wanted = one_line(text)
            if wanted not in texts:
                raise NotFoundError(f"There is no target “{wanted}” to merge with")
            self.call_later(self._merge, position, texts.index(wanted), uses)

        others = [text for text in texts if text != texts[position]]
        title = f"Merge “{texts[position]}” with which other target? Its marks become that one's"
        await self.ask(Prompt(title, suggestions=others), typed)

    async def _merge(self, position: int, into_position: int, uses: Sequence[TargetUse]) -> None:
        from reader.tui.dialogs.choice import Choice

        desk = self.session.desk
        target, into = uses[position].target, uses[into_position].target

        async def merge(kept: int) -> None:
            keep = (into, target)[kept]
            try:
                clashing = targets.clashes(desk, target, into)
                marks = targets.merge(desk, target, into, keep, self.shows_article())
            except ReaderError as error:
                await self._list_targets(position, str(error))
                return
            self.session.forget_target(target)
            if self.session.target == target.text:
                self.session.choose_target(into.text)
            changed = f"{marks} {'mark' if marks == 1 else 'marks'}"
            lost = f"; of two different stances, those toward “{keep.text}” were kept in {clashing}"
            await self._done(0, f"Merged with “{into.text}”: {changed}{lost if clashing else ''}")

        clashing = targets.clashes(desk, target, into) if target != into else 0
        if not clashing:
            await merge(0)
            return

        def chosen(kept: int | None) -> None:
            if kept is None:
                self.call_later(self._list_targets, position, "Not merged")
            else:
                self.call_later(merge, kept)

        have = "1 mark has" if clashing == 1 else f"{clashing} marks have"
        title = f"{have} different stances toward the two: keep which?"
        await self.ask(Choice(title, [f"those toward “{one.text}”" for one in (into, target)]), chosen)

    async def _ask_kind(self, position: int, uses: Sequence[TargetUse]) -> None:
        from reader.tui.dialogs.choice import Choice

        target = uses[position].target

        async def take(kind: int) -> None:
            try:
                targets.set_kind(self.session.desk, target, TARGET_KINDS[kind], self.shows_article())
            except ReaderError as error:
                await self._list_targets(position, str(error))
                return
            await self._done(position, f"“{target.text}” is: {TARGET_KINDS[kind] or _NO_KIND}")

        def chosen(kind: int | None) -> None:
            if kind is None:
                self.call_later(self._list_targets, position)
            else:
                self.call_later(take, kind)

        title = f"What is “{target.text}”?"
        await self.ask(Choice(title, [kind or _NO_KIND for kind in TARGET_KINDS]), chosen)
