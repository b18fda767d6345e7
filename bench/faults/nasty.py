"""Strings that act on terminals, on markup, on spreadsheets or on programs that take text for granted."""

BELL, ESC, ST, CSI, OSC = "\x07", "\x1b", "\x1b\\", "\x9b", "\x9d"

STOLEN = "c3RvbGVu"
"""What an obeyed sequence would put into the clipboard: ``stolen`` in base64."""

SEQUENCES = (
    f"{ESC}]52;c;{STOLEN}{BELL}",  # the clipboard
    f"{ESC}]52;c;{STOLEN}{ST}",
    f"{OSC}52;c;{STOLEN}\x9c",
    f"{ESC}Ptmux;{ESC}{ESC}]52;c;{STOLEN}{BELL}{ST}",  # through tmux to the terminal outside
    f"{ESC}]0;stolen{BELL}",  # the window's title
    f"{ESC}]2;stolen{ST}",
    f"{ESC}kstolen{ST}",  # screen's and tmux's
    f"{ESC}]8;;https://x.example{ST}link{ESC}]8;;{ST}",
    f"{ESC}]1337;File=inline=1:AAAA{BELL}",
    f"{ESC}]4;1;?{BELL}",  # asks for a colour: the answer would be typed
    f'{ESC}P$q"p{ST}',
    f"{ESC}_Gi=1;AAAA{ST}",
    f"{ESC}^private{ST}",
    f"{ESC}Xstring{ST}",
    f"{ESC}c{ESC}[2J{ESC}[3J{ESC}[999;999H",
    f"{ESC}[38;5;201;6m{CSI}38;5;201;6m",
    f"{ESC}[?5h{ESC}[?1047h{CSI}?1047l",
    f"{ESC}[20;1t{ESC}[21t{ESC}[6n{CSI}6n",
    f"{ESC}#8{ESC}(0{ESC}N{ESC}7{ESC}8{ESC}D{ESC}M\x84\x85\x8d",
    f"{ESC}",
    f"{ESC}[",
    f"{CSI}",
    f"{ESC}]52;c;",
    "a\rb\x08c\x0bd\x0ce\x00f\x7fg\x1ah\x05i\x0ej\x0f",
    "\x80\x81\x82\x83\x86\x87\x88\x89\x8a\x8b\x8c\x8e\x8f\x90\x91\x92\x93\x94\x95\x96\x97\x98\x99\x9a\x9c\x9e\x9f",
)
"""What a terminal would obey."""

MARKUP = (
    "[/",
    "[/]",
    "[/red]",
    "[bold]b[/bold][red on blue]c",
    "[@click=app.quit]x[/]",
    "[link=https://x.example]y[/link]",
    "[$primary]z[/] $primary $text-muted ${HOME} $(id) `id`",
    "\\[/red] \\[ [[]] [ ] []",
    ":smile: :warning:",
    "<script>alert(1)</script><b onclick=x>&lt;&#27;]52;&amp;amp;",
    "*a* _b_ **c** `d` # e\n> f\n- g\n| h | i |",
    "%s %n {0} {x!r} {} %(a)s",
)
"""What a program might take for its own markup."""

UNICODE = (
    "\u202eevil\u202c \u2066a\u2067b\u2068c\u2069 \u200e\u200f\u061c",  # bidi
    "z\u200be\u200cr\u200do\u2060w\ufeffi\u00add\u034fth\u180e",
    "\u2028line\u2029paragraph\x85next",
    "\U000e0041\U000e0042\U000e007f\U000e0001",  # tags
    "v\ufe0f\ufe0e\ufe00\U000e0100\U000e01ef",  # variation selectors
    "z\u0335\u0321\u0322" + "\u0316\u0317\u0300\u0301\u0489" * 40,  # a flood of marks
    "\u0301first \u20e3 \u0483",
    "\U0001f468\u200d\U0001f469\u200d\U0001f467\u200d\U0001f466 \U0001f1e9\U0001f1ea\U0001f1fa \U0001f3fb",
    "\u1112\u119e\u11ab \u115f\u1160 \u3164 \uffa0",
    "\ufff9a\ufffab\ufffb \ufffe \uffff \U0001fffe \ufdd0",
    "ﷺ \ufdfd 𒐫 \u0bcd\u0b95\u0bcd\u0bb7 \u0e33\u0e33",
    "İıſẞßﬃ \u1e9e \u0130\u0307",
    "\u2800 \u3000 \u00a0 \u2007",
    "テスト漢字" * 3,
    "\U0010ffff\U000f0000\ue000",
)
"""What is wide, nothing, backwards, or belongs to another character."""

FORMULAS = (
    "=1+1",
    "=cmd|'/c calc'!A0",
    "+1-1",
    "-1+1",
    "@SUM(1)",
    "\t=1",
    "\r=1",
    "\n=1",
    "'=1",
    "''+1",
    '"=1"',
    '=HYPERLINK("https://x.example";"a")',
    "1e5",
    "0001",
    "1/2",
    "2026-03-02",
    "TRUE",
    "NA",
    "nan",
    "",
    " ",
    ";=1",
    ",=1",
    '"',
    "'",
    "a,b;c\td|e",
    'a "quoted" word',
)
"""What a spreadsheet would calculate, or take for something else than a text."""

SURROGATES = ("\ud800", "a\udfffb", "\udc80\udcff")
"""What stands for bytes that are no UTF-8; no file can hold it, an argument can."""

LONG = (
    "w" * 5_000,
    "é" * 3_000,
    "漢" * 3_000,
    "https://x.example/" + "a" * 3_000,
    "a " * 2_000,
    "\u0301" * 2_000,
)
"""What is longer than anything is wide."""

NASTY = (*SEQUENCES, *MARKUP, *UNICODE, *FORMULAS, *LONG)
"""All of them that can be stored."""
