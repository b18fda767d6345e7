"""Takes the pictures in ``docs/images``: each screen as it is, on the starter library, as SVG.

python docs/screenshots.py
"""

import asyncio
import os
import tempfile
from pathlib import Path

from textual.pilot import Pilot

from reader.desk import open_desk
from reader.desk.adding import add
from reader.desk.starter import starter_files
from reader.ids import new_id, utc_now
from reader.model import Annotator
from reader.settings import Settings
from reader.tui.app import ReaderApp

IMAGES = Path(__file__).parent / "images"
SIZE = (120, 36)


async def _press(pilot: Pilot[None], *keys: str) -> None:
    for key in keys:
        await pilot.press(key)
    await pilot.pause()


async def _take(folder: Path) -> None:
    library = folder / "library.db"
    with open_desk(library, annotator=Annotator(id="ada", name="Ada"), clock=utc_now, new_id=new_id) as desk:
        for _ in add(desk, [str(path) for path in starter_files()]):
            pass
    app = ReaderApp(library, Settings(path=folder / "settings.toml", annotator="Ada"))
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()

        def save(name: str) -> None:
            (IMAGES / f"{name}.svg").write_text(app.export_screenshot(title="reader"), encoding="utf-8")

        await _press(pilot, "j", "j", "enter", *["right_curly_bracket"] * 3)
        await _press(pilot, "t", *"Sirens in time", "enter")
        await _press(pilot, "2", "c", *"Lost everything below the counter", "enter")
        await _press(pilot, "right_curly_bracket", "5", "right_parenthesis", "2")
        await _press(pilot, "v", *["w"] * 8, "h", "h", "3")
        await _press(pilot, "right_curly_bracket", "right_parenthesis", "2", "right_curly_bracket", "4")
        await _press(pilot, *["left_square_bracket"] * 2)
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
