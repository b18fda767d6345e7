"""The table of commands: one row makes the binding, the palette entry, the help line and the footer hint.

A row's `action` is a method ``action_…`` of the screen it belongs to. A user's ``[keys]`` replace a
row's keys by its id (see `keys`). The documentation's key table is checked against this one by a test.
"""

from typing import Literal, NamedTuple, TypeAlias

Screen: TypeAlias = Literal["library", "reading", "board", "beside", "feeds", "review"]
"""``review`` is the review on the reading screen, whose keys stand before that screen's own."""
Scope: TypeAlias = Literal[
    "library", "reading", "board", "beside", "feeds", "review",
    "sources", "changing", "lists", "marks", "both", "main", "over", "inner", "every",
]  # fmt: skip

SCREENS: dict[Scope, tuple[Screen, ...]] = {
    "library": ("library",),
    "reading": ("reading",),
    "board": ("board",),
    "beside": ("beside",),
    "feeds": ("feeds",),
    "review": ("review",),
    "sources": ("library", "feeds"),
    "changing": ("library", "reading", "feeds"),
    "both": ("library", "reading"),
    "lists": ("library", "board"),
    "marks": ("reading", "board"),
    "main": ("library", "reading", "board"),
    "over": ("board", "beside", "feeds"),
    "inner": ("reading", "board", "beside", "feeds"),
    "every": ("library", "reading", "board", "beside", "feeds"),
}
"""The screens that a scope names."""


class Command(NamedTuple):
    """One thing a person can do by a key."""

    id: str
    """What the settings file calls it."""
    keys: tuple[str, ...]
    """Keys as Textual names them, or a single character."""
    action: str
    title: str
    """In a few words, for the palette and the help page."""
    scope: Scope
    """The screen; ``review``: only while marks are reviewed, and before what the key does else."""
    group: str
    """The heading it stands under in the help page."""
    hint: str = ""
    """One word for the footer; empty where the footer does not show it."""
    detail: str = ""
    """A second line for the help page and the palette, where the title is not enough."""


def _c(
    id_: str,
    keys: str,
    action: str,
    title: str,
    scope: Scope,
    group: str,
    hint: str = "",
    detail: str = "",
) -> Command:
    return Command(id_, tuple(keys.split()), action, title, scope, group, hint, detail)


_MOVE = "Moving"
_MARK = "Marking"
_ARTICLE = "Articles"
_FEEDS = "Feeds"
_FIND = "Finding"
_COMPARE = "Comparing"
_APP = "The program"
_REVIEW = "Reviewing marks whose place is not sure"

COMMANDS: tuple[Command, ...] = (
    _c("down", "j down", "down", "Down one article or line", "every", _MOVE),
    _c("up", "k up", "up", "Up one article or line", "every", _MOVE),
    _c("left", "h left", "left", "Left one character", "reading", _MOVE),
    _c("right", "l right", "right", "Right one character", "reading", _MOVE),
    _c("word-next", "w", "word(1)", "Next word", "reading", _MOVE),
    _c("word-previous", "b", "word(-1)", "Previous word", "reading", _MOVE),
    _c("sentence-next", ")", "sentence(1)", "Next sentence", "reading", _MOVE),
    _c("sentence-previous", "(", "sentence(-1)", "Previous sentence", "reading", _MOVE),
    _c(
        "claim-next",
        ".",
        "claim(1)",
        "Next sentence likely to hold a claim",
        "reading",
        _MOVE,
        "claims",
        "a statement, quote, figure, forecast or denial: the reason is told",
    ),
    _c("claim-previous", ",", "claim(-1)", "Previous sentence likely to hold a claim", "reading", _MOVE),
    _c("paragraph-next", "}", "paragraph(1)", "Next paragraph", "reading", _MOVE),
    _c("paragraph-previous", "{", "paragraph(-1)", "Previous paragraph", "reading", _MOVE),
    _c("line-start", "0 home", "line_start", "Start of the line", "reading", _MOVE),
    _c("line-end", "$ end", "line_end", "End of the line", "reading", _MOVE),
    _c("top", "g ctrl+home", "top", "Top", "every", _MOVE, detail="gg works too"),
    _c("bottom", "G ctrl+end", "bottom", "Bottom", "every", _MOVE),
    _c("half-down", "ctrl+d", "half(1)", "Half a page down", "every", _MOVE),
    _c("half-up", "ctrl+u", "half(-1)", "Half a page up", "every", _MOVE),
    _c("page-down", "space pagedown", "page(1)", "A page down", "every", _MOVE),
    _c("page-up", "pageup", "page(-1)", "A page up", "every", _MOVE),
    _c("open", "enter", "open", "Open the article", "library", _ARTICLE, "open", "at the place last read"),
    _c("next-article", "J", "article(1)", "Next article", "reading", _ARTICLE),
    _c("previous-article", "K", "article(-1)", "Previous article", "reading", _ARTICLE),
    _c("toggle-read", "m", "toggle_read", "Read or unread", "both", _ARTICLE),
    _c("toggle-star", "*", "toggle_star", "Star or unstar", "both", _ARTICLE),
    _c("tag", "#", "tag", "Tags of the article", "both", _ARTICLE),
    _c(
        "next-unread",
        "U",
        "next_unread",
        "Open the next unread article",
        "both",
        _ARTICLE,
        detail="Space at an article's end does too",
    ),
    _c("correct", "E", "correct", "Correct title, source, author, date", "both", _ARTICLE),
    _c("open-url", "o", "open_url", "Open the article's address in the browser", "library", _ARTICLE),
    _c("add", "a", "add", "Add a file, a folder or a web page", "library", _ARTICLE, "add"),
    _c("import-marks", "I", "import_marks", "Import marks from a file", "library", _ARTICLE),
    _c(
        "remove",
        "x",
        "remove",
        "Remove the article",
        "library",
        _ARTICLE,
        detail="asks if it bears marks; u brings it back",
    ),
    _c("order", "O", "order", "Order: newest added, newest published, best match", "library", _ARTICLE),
    _c(
        "original",
        "r",
        "original",
        "The original, with what was dropped and why; and back",
        "reading",
        _ARTICLE,
        "original",
    ),
    _c("feeds", "F", "feeds", "Feeds: by source, add and remove", "library", _FEEDS, "feeds"),
    _c("refresh", "R", "refresh", "Look for news in the feeds", "sources", _FEEDS),
    _c(
        "open-feed",
        "enter",
        "open_feed",
        "Show the articles of the feed or folder",
        "feeds",
        _FEEDS,
        "articles",
    ),
    _c("add-feed", "a", "add_feed", "Add a feed, or a list of feeds (OPML)", "feeds", _FEEDS, "add"),
    _c(
        "refresh-feed",
        "r",
        "refresh_feed",
        "Look for news in this feed or folder",
        "feeds",
        _FEEDS,
        "refresh",
    ),
    _c("set-feed", "E", "set_feed", "Name, folder, and when pages are fetched", "feeds", _FEEDS, "set"),
    _c("remove-feed", "x", "remove_feed", "Remove the feed", "feeds", _FEEDS, "remove", "its articles stay"),
    _c("export-feeds", "e", "export_feeds", "Write the feeds as OPML", "feeds", _FEEDS),
    _c("also-covered", "&", "also_covered", "Other accounts of the same event", "reading", _ARTICLE),
    _c(
        "difference",
        "D",
        "difference",
        "What changed since the text before, word by word; and back",
        "reading",
        _ARTICLE,
        detail="n and N go from change to change",
    ),
    _c("older-texts", "<", "texts(-1)", "Compare two older texts", "reading", _ARTICLE),
    _c("newer-texts", ">", "texts(1)", "Compare two newer texts", "reading", _ARTICLE),
    _c("show-text", "=", "show_text", "Show the newest text, or the one compared", "reading", _ARTICLE),
    _c(
        "review",
        "A",
        "review",
        "Review the marks whose place is not sure; and back",
        "both",
        _REVIEW,
    ),
    _c("accept-place", "y", "accept_place", "This is the place", "review", _REVIEW, "here"),
    _c(
        "refuse-place",
        "n",
        "refuse_place",
        "Not here: keep it without a place",
        "review",
        _REVIEW,
        "not here",
    ),
    _c(
        "attach",
        "enter",
        "attach",
        "Put it on the selection; without one, leave the review here",
        "review",
        _REVIEW,
        "put here",
    ),
    _c("next-waiting", "] tab", "waiting(1)", "The next mark that waits", "review", _REVIEW, "next"),
    _c("previous-waiting", "[ shift+tab", "waiting(-1)", "The previous mark that waits", "review", _REVIEW),
    _c("undo-review", "u", "undo_review", "Take the last decision back", "review", _REVIEW, "undo"),
    _c("select", "v", "select", "Start or end a selection", "reading", _MARK, "select"),
    _c(
        "expand",
        "V",
        "expand",
        "Select the sentence, then the paragraph, then nothing",
        "reading",
        _MARK,
    ),
    _c(
        "swap-or-open-url",
        "o",
        "swap_or_open_url",
        "Swap the selection's ends; without one, open the address",
        "reading",
        _MARK,
    ),
    *(
        _c(
            f"stance-{n}",
            str(n),
            f"stance('{n}')",
            f"Give stance {n}",
            "reading",
            _MARK,
            detail="to the selection, the picked mark, or the sentence under the caret",
        )
        for n in range(1, 10)
    ),
    _c(
        "next-mark",
        "] tab",
        "pick(1)",
        "Pick the next mark",
        "reading",
        _MARK,
        "marks",
        "in the original: go to the next run that was hidden or doubted",
    ),
    _c("previous-mark", "[ shift+tab", "pick(-1)", "Pick the previous mark", "reading", _MARK),
    _c("edges", "s", "edges", "Move the picked mark's edges", "reading", _MARK, detail="Enter stores them"),
    _c(
        "details",
        "enter",
        "details",
        "The mark's details; with moved edges, store them",
        "reading",
        _MARK,
        "details",
        "in the original: keep or drop the run or the line under the caret, drop the selection",
    ),
    _c(
        "scheme",
        "S",
        "scheme",
        "Choose the scheme of new stances",
        "both",
        _MARK,
        detail="with the definition of every label",
    ),
    _c("comment", "c", "comment", "Comment", "reading", _MARK, "note"),
    _c(
        "attribute",
        "a",
        "attribute",
        "Take the holder and the voice that the text gives for the mark",
        "reading",
        _MARK,
        detail="the status line shows them dimmed beforehand; what is said already stays",
    ),
    _c("target", "t", "target", "The current target of stances", "reading", _MARK, "target"),
    _c("mark-target", "T", "mark_target", "The picked mark's own target", "reading", _MARK),
    _c(
        "targets",
        "M",
        "targets",
        "The targets: rename, merge, say what they are",
        "both",
        _MARK,
    ),
    _c(
        "link",
        "L",
        "link",
        "Begin a link at the mark; at another mark, end it there",
        "marks",
        _MARK,
        detail="supports, contradicts, same claim, evidence for; also across articles",
    ),
    _c("follow", "f", "follow", "Go to the mark at the other end of a link", "reading", _MARK),
    _c("return", "backspace", "return", "Back to where a link was followed from", "reading", _MARK),
    _c(
        "adjudicate",
        "C",
        "adjudicate",
        "Compare two people's marks side by side and settle each by one key",
        "reading",
        _MARK,
    ),
    _c(
        "delete-mark",
        "x",
        "delete",
        "Delete the mark",
        "reading",
        _MARK,
        detail="in the original: drop what is under the caret, or the selection",
    ),
    _c("undo", "u", "undo", "Undo", "changing", _MARK, "undo"),
    _c("redo", "ctrl+r", "redo", "Redo", "changing", _MARK),
    _c("copy", "y", "copy", "Copy the selection or the mark's quote", "reading", _MARK),
    _c("copy-cited", "Y", "copy_cited", "Copy it with title, source, date and address", "reading", _MARK),
    _c(
        "search",
        "/",
        "search",
        "Search the library; find in the article; filter the board",
        "main",
        _FIND,
        "search",
    ),
    _c("queries", "f", "queries", "Saved queries: use, save, rename, remove", "lists", _FIND, "queries"),
    _c("next-found", "n", "found(1)", "Next place found", "reading", _FIND),
    _c("previous-found", "N", "found(-1)", "Previous place found", "reading", _FIND),
    _c("board", "B", "board", "The claims board: all marks, grouped and counted", "both", _COMPARE, "board"),
    _c(
        "open-claim",
        "enter",
        "open",
        "Open the mark in its article; open or close a group",
        "board",
        _COMPARE,
        "open",
    ),
    _c("group-by", "O", "group", "Group by target, stance, source or holder", "board", _COMPARE, "group"),
    _c("matrix", "m", "matrix", "The matrix of sources by targets; and back", "board", _COMPARE, "matrix"),
    _c("group-next", "}", "group_step(1)", "Next group", "board", _MOVE),
    _c("group-previous", "{", "group_step(-1)", "Previous group", "board", _MOVE),
    _c("board-left", "h left", "left", "A column to the left; close the group", "board", _COMPARE),
    _c("board-right", "l right", "right", "A column to the right; open the group", "board", _COMPARE),
    _c(
        "beside-claims", "|", "beside", "The mark's article beside another one's", "board", _COMPARE, "beside"
    ),
    _c("beside", "|", "beside", "This article beside another one", "reading", _COMPARE),
    _c("other-side", "tab shift+tab", "other_side", "To the other article", "beside", _COMPARE, "other side"),
    _c("side-next", "] n", "mark(1)", "The next mark of the target", "beside", _COMPARE, "marks"),
    _c("side-previous", "[ N", "mark(-1)", "The previous mark of the target", "beside", _COMPARE),
    _c("open-side", "enter", "open", "Open the article to mark in it", "beside", _COMPARE, "open"),
    _c("export", "e", "export", "Export the marks, in one of many formats", "main", _APP, "export"),
    _c("theme", "ctrl+t", "theme", "Choose a theme", "every", _APP),
    _c("palette", ": ctrl+p", "palette", "Command palette", "every", _APP),
    _c("help", "? f1", "help", "Every key", "every", _APP, "help"),
    _c("problems", "!", "problems", "What the last import or refresh could not take in", "sources", _APP),
    _c(
        "stop-import",
        "ctrl+x",
        "stop_import",
        "Stop the import or the refresh that is running",
        "sources",
        _APP,
    ),
    _c(
        "cancel",
        "escape ctrl+c",
        "cancel",
        "Cancel the search or the selection; else back",
        "every",
        _APP,
    ),
    _c("back", "q", "back", "Back to the library", "reading", _APP, "back"),
    _c("leave", "q", "back", "Back to where it was opened", "over", _APP, "back"),
    _c("quit", "q ctrl+q", "quit", "Quit", "library", _APP, "quit"),
    _c("quit-at-once", "ctrl+q", "quit", "Quit", "inner", _APP),
    _c("suspend", "ctrl+z", "suspend_process", "Suspend to the shell", "every", _APP),
)

BY_ID = {command.id: command for command in COMMANDS}


def of_screen(screen: Screen) -> list[Command]:
    """The commands of one screen, in the table's order."""
    return [command for command in COMMANDS if screen in SCREENS[command.scope]]
