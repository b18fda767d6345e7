"""What the library and the board do with saved queries: choose, save, rename, take away."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from reader.desk import finding
from reader.errors import QueryError, ReaderError
from reader.model import SavedQuery
from reader.tui.base import BaseScreen, told

if TYPE_CHECKING:
    from reader.tui.dialogs.managing import Wanted


class ChoosingQueries(BaseScreen):
    """The list of saved queries; each deed but choosing leads back to it, with a line that tells of it."""

    @property
    def query_in_use(self) -> str:
        """The query whose answer is shown."""
        raise NotImplementedError

    def use_query(self, query: str) -> None:
        """Show what a query is true of."""
        raise NotImplementedError

    def queries_changed(self) -> None:
        """Show the name of the query in use as it is now."""
        raise NotImplementedError

    def understood(self, query: str) -> bool:
        """Whether a query means something; tells what is wrong with it and where."""
        try:
            finding.parsed(self.session.desk, query, typing=True)
        except QueryError as error:
            self.say(f"column {error.at + 1}: {error.what}", warn=True)
            return False
        return True

    @told
    async def action_queries(self) -> None:
        """List the saved queries."""
        await self._list_queries()

    async def _list_queries(self, position: int = 0, message: str = "") -> None:
        from reader.desk import queries
        from reader.tui.dialogs.queries import Queries

        saved = queries.saved(self.session.desk)

        def wanted(answer: "Wanted | None") -> None:
            if answer is not None:
                self.call_later(self._do_with_query, answer, saved)

        await self.ask(Queries(saved, " ".join(self.query_in_use.split()), position, message), wanted)

    async def _do_with_query(self, wanted: "Wanted", saved: Sequence[SavedQuery]) -> None:
        deed, position = wanted
        if deed == "choose":
            self.use_query(saved[position].query)
            self.say(f"Query: {saved[position].name}")
        elif deed == "save":
            await self._ask_name("Save the present query as", "", position, self._save_query)
        elif deed == "rename":
            query = saved[position]
            await self._ask_name(
                "Rename the query", query.name, position, lambda name: self._rename_query(query, name)
            )
        elif deed == "delete":
            await self._query_done(position, lambda: self._delete_query(saved[position]))
        else:
            await self._query_done(position, lambda: self._query_back(redo=deed == "redo"))

    async def _ask_name(self, title: str, name: str, position: int, deed: Callable[[str], str]) -> None:
        from reader.tui.dialogs.prompt import Prompt

        def typed(text: str | None) -> None:
            message = deed(text) if text is not None else ""
            if message:
                self.queries_changed()
            self.call_later(self._list_queries, position, message)

        await self.ask(Prompt(title, name, placeholder="a name"), typed)

    async def _query_done(self, position: int, deed: Callable[[], str]) -> None:
        """Do it, and come back to the list with what happened or why it did not."""
        try:
            message = deed()
        except ReaderError as error:
            message = str(error)
        self.queries_changed()
        await self._list_queries(position, message)

    def _save_query(self, name: str) -> str:
        from reader.desk import queries

        return f"Saved as {queries.save(self.session.desk, name, self.query_in_use)}"

    def _rename_query(self, query: SavedQuery, name: str) -> str:
        from reader.desk import queries

        return f"Renamed: {query.name} → {queries.rename(self.session.desk, query, name)}"

    def _delete_query(self, query: SavedQuery) -> str:
        from reader.desk import queries

        queries.delete(self.session.desk, query)
        return f"Removed: {query.name} (u brings it back)"

    def _query_back(self, *, redo: bool) -> str:
        from reader.desk import marking

        change = (marking.redo if redo else marking.undo)(self.session.desk, None)
        return f"{'Redone' if redo else 'Undone'}: {change.what}"
