"""Takes the pictures in ``docs/images``: each screen as it is, on the starter library, as SVG.

python docs/screenshots.py
"""

import asyncio
import os
import tempfile
from pathlib import Path

from textual.pilot import Pilot

from reader.desk.adding import add
from reader.desk.starter import starter_files
from reader.settings import Settings
from reader.tui.app import ReaderApp

IMAGES = Path(__file__).parent / "images"
SIZE = (120, 36)


async def _press(pilot: Pilot[None], *keys: str) -> None:
    for key in keys:
        await pilot.press(key)
    await pilot.pause()


async def _take(folder: Path) -> None:
    app = ReaderApp(folder / "library.db", Settings(path=folder / "settings.toml", annotator="Ada"))
    for _ in add(app.session.desk, [str(path) for path in starter_files()]):
        pass
    async with app.run_test(size=SIZE) as pilot:
        app.library_screen.reload()
        while len(app.screen_stack) > 1:
            await pilot.press("escape")
            await pilot.pause()

        def save(name: str) -> None:
            (IMAGES / f"{name}.svg").write_text(app.export_screenshot(title="reader"), encoding="utf-8")

        await _press(
            pilot, "j", "j", "enter", "right_curly_bracket", "right_curly_bracket", "right_curly_bracket"
        )
        await _press(pilot, "1", "right_curly_bracket", "2", "right_parenthesis", "v", *["w"] * 6, "3")
        await _press(pilot, "right_curly_bracket", "right_parenthesis", "5", "right_curly_bracket", "4")
        await _press(pilot, "right_square_bracket")
        save("reading")
        await _press(pilot, "r", "g")
        save("original")
        await _press(pilot, "r", "right_square_bracket", "enter")
        save("details")
        await _press(pilot, "escape", "q")
        save("library")
        await _press(pilot, "question_mark")
        save("help")


def main() -> None:
    """Take them all."""
    IMAGES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as name:
        os.environ["READER_CONFIG_DIR"] = name
        os.environ["TEXTUAL_ANIMATIONS"] = "none"
        asyncio.run(_take(Path(name)))


if __name__ == "__main__":
    main()
