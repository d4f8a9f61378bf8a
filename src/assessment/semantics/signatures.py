"""The methods and tables that a rule file declares, as expressions see them."""

from __future__ import annotations

from attrs import define, field, frozen

from assessment.core import nodes as n
from assessment.core.types import Type
from assessment.diagnostics.model import Span
from assessment.methods.base import Parameter, Sort
from assessment.syntax import ast

__all__ = ["OwnMethod", "OwnParameter", "Table"]


@frozen(kw_only=True)
class OwnParameter:
    """A parameter of a method of the file.

    `type` is that of its declared unit, None where it takes whatever is given. `word` is the parameter of a built-in
    method that it hands a word of choice or a whole number to; a value otherwise, or `none` where it is `unlimited`.
    """

    name: str
    type: Type | None = None
    word: Parameter | None = None
    unlimited: bool = False
    default: ast.Expr | None = None
    span: Span = field(eq=False, repr=False)


@frozen(kw_only=True)
class OwnMethod:
    """A method of the file.

    `reads` are the folded names of inputs and measures that its body needs, those of the methods it calls included.
    `sound` is false where it needs itself, which was reported: its calls then stay silent.
    """

    name: str
    title: str | None
    own: tuple[OwnParameter, ...]
    value: ast.Expr
    reads: frozenset[str] = frozenset()
    sound: bool = True
    by_indicator: bool = False
    """Whether its body, or one that it calls, reads a table, which gives each indicator its own entry."""
    span: Span = field(eq=False, repr=False)
    name_span: Span = field(eq=False, repr=False)

    # The same as built-in methods say of themselves, for whoever matches arguments to parameters.

    @property
    def en(self) -> str:
        """The name; the author's own, whatever the language."""
        return self.name

    @property
    def zh(self) -> str:
        """The name; the author's own, whatever the language."""
        return self.name

    @property
    def parameters(self) -> tuple[Parameter, ...]:
        """The parameters by name."""
        return tuple(Parameter(en=one.name, zh=one.name, sort=Sort.MEASURE) for one in self.own)


@define(kw_only=True)
class Table:
    """A table of the file: its rows and typed values by folded key, and what has read it.

    `groups` are the names of the file's groups by folded key. A `broken` table was reported; what reads it stays silent.
    """

    stated: ast.DataTable
    rows: dict[str, ast.DataRow]
    values: dict[str, n.Const]
    groups: dict[str, str]
    broken: bool
    read: bool = False
    used: set[str] = field(factory=set)
