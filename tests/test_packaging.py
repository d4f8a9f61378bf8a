"""What is built is what is in the folders, and it works installed as a wheel and in place.

Everything is built from a copy, so that nothing left over in the checkout can help, and without network: the
build tools are those of this environment, and the dependencies are lent to the fresh environment by a path
file behind its own packages.
"""

import os
import shutil
import subprocess
import sys
import sysconfig
import tarfile
import tomllib
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
FOLDERS = {"assessment": "src/assessment", "assessment.grammar": "grammar", "assessment.rules": "rules"}
DATA_SUFFIXES = {".assess", ".json", ".lark", ".txt", ".typed"}

LOAD = """
import importlib.resources
import assessment
for name in ("assessment.grammar", "assessment.rules"):
    folder = importlib.resources.files(name)
    assert "assessment" in folder.joinpath("__init__.py").read_text(encoding="utf-8")
    for kind in folder.iterdir():
        if kind.name.endswith((".lark", ".assess")):
            assert kind.read_text(encoding="utf-8").strip()
assert importlib.resources.files("assessment").joinpath("py.typed").is_file()
print(assessment.__file__)
"""


def files_by_name() -> dict[str, Path]:
    """Every file that must ship, by its path in the installed package, and where it lies in the checkout."""
    return {
        str(Path(*package.split("."), path.relative_to(ROOT / folder))): path
        for package, folder in FOLDERS.items()
        for path in sorted((ROOT / folder).rglob("*"))
        if path.suffix in DATA_SUFFIXES | {".py"} and "__pycache__" not in path.parts
    }


def run(*command: str | Path, cwd: Path) -> str:
    # PYTHONPATH would let the checkout shine through what was installed.
    env = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    done = subprocess.run(
        [str(word) for word in command], cwd=cwd, env=env, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def fresh_environment(folder: Path, wheel: Path) -> Path:
    """The interpreter of a new environment into which one wheel is installed, without its dependencies."""
    venv.create(folder, with_pip=False)
    scripts = "Scripts" if sys.platform == "win32" else "bin"
    python = folder / scripts / ("python.exe" if sys.platform == "win32" else "python")
    run(
        sys.executable,
        "-m",
        "pip",
        "--python",
        python,
        "install",
        "-q",
        "--no-deps",
        "--no-index",
        wheel,
        cwd=folder,
    )
    site = Path(
        run(python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))", cwd=folder).strip()
    )
    lent = {sysconfig.get_path("purelib"), sysconfig.get_path("platlib")}
    (site / "lent-dependencies.pth").write_text("\n".join(sorted(lent)) + "\n", encoding="utf-8")
    return python


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of what the build reads."""
    copy = tmp_path_factory.mktemp("checkout")
    skip = shutil.ignore_patterns("__pycache__", "*.egg-info")
    for name in ("src", "grammar", "rules"):
        shutil.copytree(ROOT / name, copy / name, ignore=skip)
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, copy / name)
    return copy


@pytest.fixture(scope="module")
def built(checkout: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The source distribution, and the wheel that was built from it."""
    out = tmp_path_factory.mktemp("dist")
    run(sys.executable, "-m", "build", "--no-isolation", "--outdir", out, checkout, cwd=checkout)
    return {"sdist": next(out.glob("*.tar.gz")), "wheel": next(out.glob("*.whl"))}


def test_list_of_packages_names_every_folder_with_python_files() -> None:
    listed = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["setuptools"][
        "packages"
    ]
    present = sorted(
        {
            str(Path(name).parent).replace("/", ".").replace("\\", ".")
            for name in files_by_name()
            if name.endswith(".py")
        }
    )
    wanted = "\n".join(f'    "{name}",' for name in present)
    assert listed == present, f"the list `packages` in pyproject.toml should be\n{wanted}"


@pytest.mark.slow
def test_wheel_holds_every_file_and_no_other(built: dict[str, Path]) -> None:
    with zipfile.ZipFile(built["wheel"]) as archive:
        shipped = {name for name in archive.namelist() if ".dist-info/" not in name}
    assert shipped == {name.replace("\\", "/") for name in files_by_name()}


@pytest.mark.slow
def test_source_distribution_holds_grammar_and_rules(built: dict[str, Path]) -> None:
    with tarfile.open(built["sdist"]) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    wanted = {str(path.relative_to(ROOT)).replace("\\", "/") for path in files_by_name().values()}
    assert wanted - names == set()


@pytest.mark.slow
def test_installed_wheel_loads_grammar_and_rules(built: dict[str, Path], tmp_path: Path) -> None:
    python = fresh_environment(tmp_path / "env", built["wheel"])
    origin = run(python, "-c", LOAD, cwd=tmp_path).strip()
    assert Path(origin).is_relative_to(tmp_path / "env")


@pytest.mark.slow
def test_editable_install_loads_grammar_and_rules(checkout: Path, tmp_path: Path) -> None:
    # The hook that pip calls for `pip install -e`, without the isolation that needs network.
    hook = "import sys; from setuptools.build_meta import build_editable; build_editable(sys.argv[1])"
    run(sys.executable, "-c", hook, tmp_path, cwd=checkout)
    python = fresh_environment(tmp_path / "env", next(tmp_path.glob("*.whl")))
    origin = run(python, "-c", LOAD, cwd=tmp_path).strip()
    assert Path(origin).is_relative_to(checkout)
