"""Checked rules → program: the score tree as one core graph, in evaluation order.

In: `CheckedRules`. Out: `Program` (`program`). Invariants: every score, rank and grade is a node of one graph, with the
policies, redistribution, caps and roundings in it; operands come before what reads them; no `Score` node is left.
Reports: nothing that checked rules could still get wrong.
"""
