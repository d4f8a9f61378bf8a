"""The parser's tables at work: stacks of states and of what was built, and one step for each word.

Lark builds the tables; the loop is ours. It knows of every reduction beforehand what it does and where in the text it
stands, and the reader needs the stacks to try repairs and to go back.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from operator import itemgetter
from typing import Any, NamedTuple, TypeAlias

import lark
from attrs import define, field, frozen
from lark.grammar import Rule

from assessment.diagnostics.model import Source, Span
from assessment.syntax.lexer import Token

__all__ = ["Children", "Machine", "Method", "Reduction", "Saved", "Table", "methods_in", "table_of"]

Children: TypeAlias = Sequence[Any]
"""What was written by a rule, in order, None for each `[…]` that was not: tokens, and whatever inner rules were built to."""

Method: TypeAlias = Callable[[Children, Span], Any]
"""What builds a rule, of what was written in it and of its place."""


@frozen
class Reduction:
    """The values at the top become one: what the method makes of them, as a rule of the name `origin`.

    Without a method they become a list, as behind `*` in the grammar, and the rule around it gets what is in that. Where a
    value is `kept`, it stays what it is; chains of these stand behind every operand of an expression.
    """

    top: slice
    origin: str
    method: str | None
    kept: bool
    arrange: Callable[[list[Any]], Children] | None
    """Puts the values in the order that the method wants, where it is another."""


Table: TypeAlias = Mapping[int, Mapping[str, int | Reduction]]
"""What to do in a state with a word: go to another state, or reduce. For names of rules, always the next state."""


def table_of(parser: lark.Lark) -> tuple[Table, int, int]:
    """The table of a parser, the state in which it begins and the one in which it ends."""
    conf: Any = parser.parse_interactive().parser_state.parse_conf  # whose types say less than what it holds
    made = {rule: _reduction(rule) for rule in conf.callbacks}
    table = {
        state: {
            word: target if isinstance(target, int) else made[target] for word, (_, target) in row.items()
        }
        for state, row in conf.states.items()
    }
    return table, conf.start_state, conf.end_state


def methods_in(table: Table) -> frozenset[str]:
    """The names of the methods that build the rules of a table."""
    actions = (action for row in table.values() for action in row.values())
    return frozenset(
        one.method for one in actions if isinstance(one, Reduction) and one.method and not one.kept
    )


def _reduction(rule: Rule) -> Reduction:
    size, origin = len(rule.expansion), rule.origin.name
    return Reduction(
        top=slice(-size, None),
        origin=origin,
        method=None if _is_list(origin) else rule.alias or origin,
        kept=size == 1 and rule.options.expand1 and not rule.alias,
        arrange=_arrangement(rule),
    )


def _is_list(name: str) -> bool:
    """Whether lark made a rule of this name for what is repeated."""
    return name.startswith("_")


def _arrangement(rule: Rule) -> Callable[[list[Any]], Children] | None:
    size = len(rule.expansion)
    lists = frozenset(
        place for place, symbol in enumerate(rule.expansion) if not symbol.is_term and _is_list(symbol.name)
    )
    # lark says of each value, and of each that is not there, whether it is not there.
    written = iter(range(size))
    places = [None if absent else next(written) for absent in rule.options.empty_indices or [False] * size]
    if None not in places and not lists:
        return None
    if None not in places and lists == {0}:
        return _longer
    if lists or _is_list(rule.origin.name):
        return lambda values: _spread(values, places, lists)
    chosen = itemgetter(*(size if place is None else place for place in places))
    return lambda values: chosen([*values, None])


def _longer(values: list[Any]) -> list[Any]:
    """A list with what was written behind it."""
    longer: list[Any] = values[0]
    longer += values[1:]
    return longer


def _spread(values: list[Any], places: list[int | None], lists: frozenset[int]) -> list[Any]:
    found: list[Any] = []
    for place in places:
        if place is None:
            found.append(None)
        elif place not in lists:
            found.append(values[place])
        elif found:
            found += values[place]
        else:
            found = values[place]
    return found


class Saved(NamedTuple):
    """Where a reading stood, to go back to."""

    states: list[int]
    values: list[Any]
    starts: list[int]
    end: int


@define
class Machine:
    """The stacks of one reading of a source; `result` is what the whole text was built to, once its end was taken.

    For each value the place where it begins is known, and `end` is where the last word ends: together they are the place
    of a rule. `_behind` remembers, for a state, a rule in it and the word that follows, the state after that rule.
    """

    source: Source
    table: Table
    first: int
    last: int
    methods: Mapping[str, Method]
    states: list[int] = field(init=False)
    values: list[Any] = field(factory=list, init=False)
    starts: list[int] = field(factory=list, init=False)
    end: int = field(default=0, init=False)
    result: Any = field(default=None, init=False)
    _behind: dict[tuple[int, str, str], int] = field(factory=dict, init=False, repr=False)

    def __attrs_post_init__(self) -> None:
        self.states = [self.first]

    def take(self, token: Token) -> bool:
        """Whether a word can stand here; only reductions may have happened when it cannot."""
        table, states, word = self.table, self.states, token.terminal
        values, starts = self.values, self.starts
        while True:
            action = table[states[-1]].get(word)
            if isinstance(action, int):
                states.append(action)
                values.append(token)
                starts.append(token.start)
                self.end = token.end
                return True
            if action is None:
                return False
            top = action.top
            if not action.kept:
                made: Any = values[top]
                start = starts[-len(made)]
                if action.arrange is not None:
                    made = action.arrange(made)
                if action.method is not None:
                    place = Span(source=self.source, start=start, end=self.end)
                    made = self.methods[action.method](made, place)
                values[top] = (made,)
                starts[top] = (start,)
            del states[top]
            key = (states[-1], action.origin, word)
            states.append(self._behind.get(key) or self._find_behind(key))
            if word == "$END" and states[-1] == self.last:
                self.result = values[-1]
                return True

    def _find_behind(self, key: tuple[int, str, str]) -> int:
        """The state behind a rule once every rule around it is done that keeps its only value."""
        below, origin, word = key
        action: int | Reduction | None
        while True:
            state: int = self.table[below][origin]  # type: ignore[assignment]  # behind a rule stands a state
            action = self.table[state].get(word)
            if not (isinstance(action, Reduction) and action.kept):
                self._behind[key] = state
                return state
            origin = action.origin

    def after(self, states: list[int], word: str) -> list[int] | None:
        """The stack of states after a word, None where it cannot stand; nothing is built."""
        states = list(states)
        while True:
            action = self.table[states[-1]].get(word)
            if action is None:
                return None
            if isinstance(action, int):
                states.append(action)
                return states
            del states[action.top]
            states.append(self.table[states[-1]][action.origin])  # type: ignore[arg-type]  # as above
            if word == "$END" and states[-1] == self.last:
                return states

    def save(self) -> Saved:
        """Where the reading stands."""
        return Saved(list(self.states), list(self.values), list(self.starts), self.end)

    def go_back(self, saved: Saved) -> None:
        """Go back to where the reading stood."""
        self.states[:], self.values[:], self.starts[:], self.end = saved

    def drop(self, depth: int) -> list[Any]:
        """The values from a depth of the stack of states on, which are forgotten."""
        dropped = self.values[depth - 1 :]
        del self.states[depth:], self.values[depth - 1 :], self.starts[depth - 1 :]
        return dropped
