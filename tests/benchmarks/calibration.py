"""A loop in plain Python that never changes: the measure of the machine, by which figures of different days compare."""

from __future__ import annotations

import time

__all__ = ["loop"]


def loop(times: int = 5) -> float:
    """Seconds of processor time of the fixed loop, the least of several runs."""
    return min(_once() for _ in range(times))


def _once() -> float:
    begin = time.process_time()
    kept: dict[int, tuple[int, str]] = {}
    for number in range(200_000):
        kept[number % 1_000] = (number, str(number))
    return time.process_time() - begin
