"""Hypothesis strategies for tests of engines, methods and rule sets; public, and tested like the rest.

In: nothing but Hypothesis. Out: strategies for core graphs and for facts that fit them (`graphs`). Invariants: what is
drawn is well typed and within the ranges it declares; thresholds, zeros and ties are drawn often, because that is
where faults are. Reports: nothing.
"""
