"""The themes: calm by default, with a light, a warm, a night and a high-contrast one.

Every theme defines the colour roles ``stance-CODE`` for the default scheme's labels. A label of
another scheme whose role no theme knows is given the accent.
"""

from textual.theme import Theme

DEFAULT = "reader-dark"

_BRIGHT = {
    "stance-support": "#7fbf7f",
    "stance-oppose": "#e07a7a",
    "stance-question": "#e3c070",
    "stance-discuss": "#7eaee0",
    "stance-mixed": "#c294e0",
    "stance-unclear": "#9aa3ad",
}
STANCE_DEFAULTS = _BRIGHT
"""The colour roles for a theme that does not define them."""

_DEEP = {
    "stance-support": "#2f7d3a",
    "stance-oppose": "#b3362f",
    "stance-question": "#946200",
    "stance-discuss": "#1f5fa8",
    "stance-mixed": "#7a3ea8",
    "stance-unclear": "#5d646c",
}
_PURE = {
    "stance-support": "#00ff66",
    "stance-oppose": "#ff5555",
    "stance-question": "#ffff00",
    "stance-discuss": "#55ccff",
    "stance-mixed": "#ff88ff",
    "stance-unclear": "#d0d0d0",
}


def _theme(
    name: str,
    *,
    foreground: str,
    background: str,
    accent: str,
    dark: bool,
    stances: dict[str, str],
    lift: str,
) -> Theme:
    return Theme(
        name=name,
        primary=accent,
        secondary=accent,
        accent=accent,
        foreground=foreground,
        background=background,
        surface=background,
        panel=lift,
        warning=stances["stance-question"],
        error=stances["stance-oppose"],
        success=stances["stance-support"],
        dark=dark,
        variables=stances,
    )


THEMES: tuple[Theme, ...] = (
    _theme(
        "reader-dark",
        foreground="#d4d0c8",
        background="#16181c",
        accent="#8ab4c8",
        dark=True,
        stances=_BRIGHT,
        lift="#23272e",
    ),
    _theme(
        "reader-light",
        foreground="#2a2a28",
        background="#faf8f4",
        accent="#22658a",
        dark=False,
        stances=_DEEP,
        lift="#ebe7df",
    ),
    _theme(
        "reader-sepia",
        foreground="#43362a",
        background="#f3e9d5",
        accent="#8a4b22",
        dark=False,
        stances=_DEEP,
        lift="#e6d8bd",
    ),
    _theme(
        "reader-night",
        foreground="#b8a99a",
        background="#0b0a09",
        accent="#c08a5a",
        dark=True,
        stances=_BRIGHT,
        lift="#1b1815",
    ),
    _theme(
        "reader-contrast",
        foreground="#ffffff",
        background="#000000",
        accent="#ffff00",
        dark=True,
        stances=_PURE,
        lift="#262626",
    ),
)
