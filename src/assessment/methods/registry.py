"""The methods that there are, found by looking into the family folders and at entry points, by name in both languages."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import unicodedata
from functools import cache
from importlib.metadata import entry_points
from typing import Any, cast

from assessment.errors import InternalError
from assessment.methods.base import Method

FAMILIES = ("score", "measures", "field")


@cache
def methods() -> tuple[Method, ...]:
    """Every method, sorted by family and English name; methods of other distributions come last."""
    found: list[Method] = []
    for family in FAMILIES:
        package = importlib.import_module(f"assessment.methods.{family}")
        names = sorted(module.name for module in pkgutil.iter_modules(package.__path__))
        for name in names:
            found.extend(_in_module(importlib.import_module(f"{package.__name__}.{name}")))
    for point in sorted(entry_points(group="assessment.methods"), key=lambda p: p.name):
        loaded: Any = point.load()
        made = cast("Method", loaded() if inspect.isclass(loaded) else loaded)
        found.append(made)
    by_name(tuple(found))
    return tuple(found)


def by_name(known: tuple[Method, ...]) -> dict[str, Method]:
    """Methods by both of their names, folded; two methods of one name are an error of whoever added the second."""
    table: dict[str, Method] = {}
    for method in known:
        for name in (method.en, method.zh):
            if table.setdefault(fold(name), method) is not method:
                raise InternalError(
                    f"two methods are called `{name}`: {type(table[fold(name)])} and {type(method)}"
                )
    return table


def method_named(name: str) -> Method | None:
    """The method of a name in either language."""
    return _table(methods()).get(fold(name))


@cache
def _table(known: tuple[Method, ...]) -> dict[str, Method]:
    return by_name(known)


def fold(name: str) -> str:
    """A name as it is compared: by NFKC, Latin letters without case."""
    return unicodedata.normalize("NFKC", name).casefold()


def _in_module(module: object) -> list[Method]:
    classes = [
        member
        for _, member in inspect.getmembers(module, inspect.isclass)
        if issubclass(member, Method)
        and member is not Method
        and member.__module__ == getattr(module, "__name__", "")
    ]
    return [cls() for cls in sorted(classes, key=lambda cls: cls.en) if hasattr(cls, "en")]
