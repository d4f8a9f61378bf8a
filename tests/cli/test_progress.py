"""Progress is a line on a terminal's standard error, for what takes long."""

import io
import time

import pytest

from assessment.cli import progress as module
from assessment.cli.progress import progress


class Terminal(io.StringIO):
    """A text stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


def test_long_work_is_announced_and_the_line_taken_away(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = Terminal()
    monkeypatch.setattr("sys.stderr", screen)
    monkeypatch.setattr(module, "_PATIENCE_S", 0.0)
    with progress("计分"):
        while not screen.getvalue():
            time.sleep(0.001)
    assert screen.getvalue().startswith("assessment: 计分 …")
    assert screen.getvalue().endswith("\r")


def test_short_work_is_not_announced(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = Terminal()
    monkeypatch.setattr("sys.stderr", screen)
    with progress("scoring"):
        pass
    assert screen.getvalue() == ""


def test_nothing_is_said_where_nobody_looks(monkeypatch: pytest.MonkeyPatch) -> None:
    stream = io.StringIO()
    monkeypatch.setattr("sys.stderr", stream)
    monkeypatch.setattr(module, "_PATIENCE_S", 0.0)
    with progress("scoring"):
        time.sleep(0.01)
    assert stream.getvalue() == ""
