"""No command of the table is without a journey."""

import importlib
from pathlib import Path

from journeys import JOURNEYS

from reader.tui.commands import SCREENS, of_screen


def test_every_command_has_a_journey_on_each_of_its_screens() -> None:
    for path in Path(__file__).parent.glob("test_tui_*.py"):
        importlib.import_module(path.stem)
    screens = (*SCREENS["every"], *SCREENS["review"])
    table = {(screen, command.id) for screen in screens for command in of_screen(screen)}
    assert table - JOURNEYS == set()
