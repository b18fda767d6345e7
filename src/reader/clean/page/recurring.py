"""What recurs across a source, counted against the blocks of one of its pages."""

from collections.abc import Sequence

from reader.clean.page.blocks import Page
from reader.clean.page.verdicts import BlockVerdict
from reader.clean.recurring import RECURS, recurring_verdicts, recurs
from reader.model import Recurring


def with_recurring(
    page: Page, verdicts: Sequence[BlockVerdict], recurring: Recurring | None
) -> list[BlockVerdict]:
    """The verdicts on a page's blocks, with recurrence counted against each that is no heading.

    Args:
        page: the page.
        verdicts: what is said of each of its blocks before.
        recurring: the lines that recur across its source, where they are known.
    """
    out = list(verdicts)
    if recurring is None:
        return out
    rows = [page.text[block.start : block.end].strip() for block in page.blocks]
    kept = [at for at, row in enumerate(rows) if row and verdicts[at][0] == "keep"]
    for at, verdict in zip(kept, recurring_verdicts([rows[at] for at in kept], recurring), strict=True):
        if verdict and not page.blocks[at].level:
            out[at] = (verdict[0], RECURS, verdict[1])
    for at, row in enumerate(rows):
        if verdicts[at][0] == "doubt" and not page.blocks[at].level and recurs(row, recurring):
            out[at] = ("drop", RECURS, "recurring.doubtful")
    return out
