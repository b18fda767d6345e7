"""What the status line says of an import or a refresh."""

from reader.jobs import Progress, Task


def so_far(progress: Progress, task: Task) -> str:
    """How far the work has come, for the status line."""
    if task != "add":
        share = f" {progress.done}/{progress.total}" if progress.total else ""
        return f"looking for news{share} · {progress.added:,} new"
    stored = progress.added + progress.updated + progress.unchanged
    share = f" {100 * progress.done // progress.total} %" if progress.total else ""
    return f"adding{share} · {stored:,}"


def the_end(progress: Progress, key: str, task: Task) -> str:
    """What the work has done; `key` is the one that shows what could not be taken in."""
    if progress.error:
        return f"Not added: {progress.error}" if task != "refresh" else f"Not refreshed: {progress.error}"
    if task == "add":
        counts = {
            "added": progress.added,
            "updated": progress.updated,
            "unchanged": progress.unchanged,
            "failed": progress.failed,
        }
        nothing = "nothing to add"
    else:
        feeds = "feed" if progress.failed == 1 else "feeds"
        counts = {
            "new": progress.added,
            "with a newer text": progress.updated,
            f"{feeds} could not be read": progress.failed,
        }
        nothing = "nothing new"
    told = ", ".join(f"{count:,} {name}" for name, count in counts.items() if count) or nothing
    why = ""
    if len(progress.problems) == 1:
        why = f" · {progress.problems[0]}"
    elif progress.problems:
        why = f" · {key} tells why"
    return f"{told[0].upper()}{told[1:]}{why}"
