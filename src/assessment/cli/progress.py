"""A line on standard error while something takes long, gone when it is done; nothing where nobody looks."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from assessment.diagnostics.text import width

_PATIENCE_S = 1.0


@contextmanager
def progress(what: str) -> Iterator[None]:
    """Say `what` is going on once it has taken a second, if standard error is a terminal."""
    if not sys.stderr.isatty():
        yield
        return
    text = f"assessment: {what} …"
    shown = threading.Event()

    def show() -> None:
        shown.set()
        print(text, end="", file=sys.stderr, flush=True)

    timer = threading.Timer(_PATIENCE_S, show)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
        timer.join()
        if shown.is_set():
            print("\r" + " " * (width(text) + 1) + "\r", end="", file=sys.stderr, flush=True)
