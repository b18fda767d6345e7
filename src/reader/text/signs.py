"""The signs beside words, whatever the typography."""

_TYPOGRAPHY = {
    **dict.fromkeys(map(ord, "‘’‚‛“”„‟«»‹›\"'`´′″"), "'"),
    **dict.fromkeys(map(ord, "‐‑‒–—―−-"), "-"),
    ord("…"): "...",
    0xAD: "",
}


def signs_kept(old: str, new: str) -> int:
    """How many of the signs beside a word in the new text stand for those that the old span had there."""
    if not old:
        return 0
    wanted = _plain(old)
    for length in range(min(len(new), 4 * len(old) + 4) + 1):
        if _plain(new[:length]) == wanted:
            return length
    length = 0
    while length < min(len(old), len(new)) and not new[length].isspace():
        length += 1
    return length


def _plain(signs: str) -> str:
    return " ".join(signs.translate(_TYPOGRAPHY).split()).replace("--", "-")
