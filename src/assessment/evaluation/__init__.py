"""Program and facts → values, ranks, grades: the exact evaluator is the specification of every other engine.

In: a core graph and `Facts` (`facts`). Out: a value for every node, region and period (`exact`), and the `Outcome` of an
assessment (`outcome`). Invariants: numbers are rationals, or exact expressions whose every decision was certified; a value
that cannot be decided is `UNDECIDED` and so is all that depends on it; nothing absent is ever a number.
Reports: what the rules need and the data do not give, with its cell.
"""
