"""The parser's tables at work: a stack of states, a stack of what was built, and one step for each word.

Lark builds the tables and says which method builds which rule; its own loop looks the method up by the content of the
rule, word for word. Here every reduction knows its method, which halves the time of reading. The reader needs the two
stacks anyway, to try repairs and to go back.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple, TypeAlias

import lark
from attrs import define, field
from lark.grammar import Rule
from lark.parse_tree_builder import ExpandSingleChild

__all__ = ["Machine", "Reduction", "Table", "table_of"]


class Reduction(NamedTuple):
    """So many values from the top become one: what `build` makes of them, as a rule of this name.

    Without `build` a single value stays what it is; chains of these stand behind every operand of an expression.
    """

    size: int
    origin: str
    build: Callable[[list[Any]], Any] | None


Table: TypeAlias = Mapping[int, Mapping[str, int | Reduction]]
"""What to do in a state with a word: go to another state, or reduce. For names of rules, always the next state."""


def table_of(parser: lark.Lark) -> tuple[Table, int, int]:
    """The table of a parser, the state in which it begins and the one in which it ends."""
    conf: Any = parser.parse_interactive().parser_state.parse_conf  # whose types say less than what it holds
    made = {
        rule: Reduction(len(rule.expansion), rule.origin.name, None if _keeps(rule, build) else build)
        for rule, build in conf.callbacks.items()
    }
    table = {
        state: {
            word: target if isinstance(target, int) else made[target] for word, (_, target) in row.items()
        }
        for state, row in conf.states.items()
    }
    return table, conf.start_state, conf.end_state


def _keeps(rule: Rule, build: object) -> bool:
    """Whether the method of a rule gives its only value back, as for `?sum: product` in the grammar."""
    return len(rule.expansion) == 1 and isinstance(build, ExpandSingleChild)


@define
class Machine:
    """The stacks of one reading; `result` is what the whole text was built to, once its end was taken.

    `behind` remembers where a chain of rules that keep their only value leads, for the two topmost states and a word.
    """

    table: Table
    start: int
    end: int
    states: list[int] = field(init=False)
    values: list[Any] = field(factory=list, init=False)
    result: Any = field(default=None, init=False)
    behind: dict[tuple[int, int, str], int] = field(factory=dict, init=False, repr=False)

    def __attrs_post_init__(self) -> None:
        self.states = [self.start]

    def take(self, token: lark.Token) -> bool:
        """Whether a word can stand here; only reductions may have happened when it cannot."""
        table, states, values, word = self.table, self.states, self.values, token.type
        while True:
            action = table[states[-1]].get(word)
            if action is None:
                return False
            if isinstance(action, int):
                states.append(action)
                values.append(token)
                return True
            size, origin, build = action
            if build is None:
                states[-1] = self._kept(states[-2], states[-1], word)
                continue
            if size:
                values[-size:] = (build(values[-size:]),)
                del states[-size:]
            else:
                values.append(build([]))
            states.append(table[states[-1]][origin])  # type: ignore[arg-type]  # behind a rule stands a state
            if word == "$END" and states[-1] == self.end:
                self.result = values[-1]
                return True

    def _kept(self, below: int, state: int, word: str) -> int:
        """The state that takes the place of the topmost once every rule is done that keeps its only value."""
        key = (below, state, word)
        found = self.behind.get(key)
        if found is None:
            action: int | Reduction | None = self.table[state][word]
            while isinstance(action, Reduction) and action.build is None:
                state = self.table[below][action.origin]  # type: ignore[assignment]  # as above
                action = self.table[state].get(word)
            found = self.behind[key] = state
        return found

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
            if action.size:
                del states[-action.size :]
            states.append(self.table[states[-1]][action.origin])  # type: ignore[arg-type]  # as above
            if word == "$END" and states[-1] == self.end:
                return states
