"""Copying: through the system's clipboard program by its standard input, else through the terminal."""

import shutil
import subprocess

_PROGRAMS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("pbcopy", "utf-8", ()),
    ("wl-copy", "utf-8", ()),
    ("xclip", "utf-8", ("-selection", "clipboard")),
    ("xsel", "utf-8", ("--clipboard", "--input")),
    ("clip.exe", "utf-16-le", ()),
)
"""Program, the encoding it reads, its arguments; the first that is there and works is used."""
_PATIENCE = 1.0
"""Seconds after which a program that does not answer is given up."""


def copy_by_program(text: str) -> bool:
    """Copy by a program of the system's; False where none is there or none works (no display, say)."""
    for name, encoding, arguments in _PROGRAMS:
        path = shutil.which(name)
        if path is None:
            continue
        try:
            done = subprocess.run(
                [path, *arguments],
                input=text.encode(encoding, "replace"),
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                timeout=_PATIENCE,
                check=False,
            )
        except (OSError, subprocess.TimeoutExpired):
            continue
        if done.returncode == 0:
            return True
    return False
