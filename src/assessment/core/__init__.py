"""The core calculus: the one small, typed, exact expression graph that every engine, sentence and proof reads.

In: numbers, units and kinds. Out: nodes (`nodes`), their types (`types`), the five kinds of absence (`absence`),
constructors that apply the typing rules (`build`), order and reach (`walk`), which nodes have one value (`numbering`), the
JSON form (`json`), and what can be said of a graph without data: ranges and absences (`bounds`, from `possible` values
and `intervals`), directions and jumps (`shape`). Invariants: the set of node kinds is closed; nodes are compared by identity; a node's children were
made before it, so a graph has no cycle; a value stands in its node's unit, with shares, growth, points of a percentage
and rates as plain ratios (2.3 % is 23/1000). Reports: nothing itself; a typing rule that is broken raises `Clash`, which
the semantics turns into a diagnostic. The normative text is `docs/reference/core.md`.
"""
