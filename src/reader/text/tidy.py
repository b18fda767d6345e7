"""Short texts that people type: targets, holders, tags."""

import unicodedata


def one_line(text: str) -> str:
    """In one line and in NFC, so that the same words typed twice are the same target, holder or tag."""
    return unicodedata.normalize("NFC", " ".join(text.split()))
