"""What the status line says of an import."""

from reader.jobs import Progress


def so_far(progress: Progress) -> str:
    """How far an import has come, for the status line."""
    stored = progress.added + progress.updated + progress.unchanged
    share = f" {100 * progress.done // progress.total} %" if progress.total else ""
    return f"adding{share} · {stored:,}"


def the_end(progress: Progress, key: str) -> str:
    """What an import has done; `key` is the one that shows what it could not take in."""
    if progress.error:
        return f"Not added: {progress.error}"
    counts = {
        "added": progress.added,
        "updated": progress.updated,
        "unchanged": progress.unchanged,
        "failed": progress.failed,
    }
    told = ", ".join(f"{count:,} {name}" for name, count in counts.items() if count) or "nothing to add"
    why = ""
    if len(progress.problems) == 1:
        why = f" · {progress.problems[0]}"
    elif progress.failed:
        why = f" · {key} tells why"
    return f"{told[0].upper()}{told[1:]}{why}"
