"""What is shipped: the wheel holds the program, its data and the starter library, and installs by itself."""

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    done = subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return next(folder.glob("*.whl"))


def test_the_wheel_holds_the_data(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    shipped = {path.name for path in (ROOT / "seeds").iterdir() if path.is_file()}
    assert {f"reader/seeds/{name}" for name in shipped} <= names
    for folder, pattern in (
        ("clean/rules", "*.toml"),
        ("claims", "*.toml"),
        ("schemes", "*.toml"),
        ("tui", "*.tcss"),
    ):
        for path in (ROOT / "src" / "reader" / folder).glob(pattern):
            assert f"reader/{folder}/{path.name}" in names
    assert "reader/py.typed" in names


def test_the_wheel_runs_from_a_folder_of_its_own(wheel: Path, tmp_path: Path) -> None:
    site = tmp_path / "site"
    zipfile.ZipFile(wheel).extractall(site)
    code = (
        "import sys; sys.path.insert(0, sys.argv[1]);"
        "import reader; assert reader.__file__.startswith(sys.argv[1]), reader.__file__;"
        "from reader.desk.starter import starter_files; print(len(starter_files()))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(site)], capture_output=True, text=True, check=False, cwd=tmp_path
    )
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) == len([path for path in (ROOT / "seeds").iterdir() if path.is_file()])


def test_the_checkout_finds_the_starter_library() -> None:
    from reader.desk.starter import starter_files

    assert [path.name for path in starter_files()] == sorted(
        path.name for path in (ROOT / "seeds").iterdir() if path.is_file()
    )
