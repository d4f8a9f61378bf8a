"""The order in which definitions need each other, and the cycles among them."""

from __future__ import annotations

from collections.abc import Mapping

__all__ = ["in_order"]


def in_order(needs: Mapping[str, tuple[str, ...]]) -> tuple[list[str], list[tuple[str, ...]]]:
    """Names after all that they need, and the cycles among them, no two of which share a name.

    >>> in_order({"a": ("b",), "b": ()})
    (['b', 'a'], [])
    >>> in_order({"a": ("b",), "b": ("a",)})[1]
    [('a', 'b')]
    """
    ordered: list[str] = []
    done: set[str] = set()
    cycles: list[tuple[str, ...]] = []
    for root in needs:
        path: list[str] = []
        on_path: set[str] = set()
        stack: list[tuple[str, bool]] = [(root, False)]
        while stack:
            name, left = stack.pop()
            if left:
                path.pop()
                on_path.discard(name)
                done.add(name)
                ordered.append(name)
            elif name in on_path:
                cycle = tuple(path[path.index(name) :])
                if not any(set(cycle) & set(known) for known in cycles):
                    cycles.append(cycle)
            elif name not in done:
                path.append(name)
                on_path.add(name)
                stack.append((name, True))
                stack.extend((need, False) for need in reversed(needs[name]))
    return ordered, cycles
