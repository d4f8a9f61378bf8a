"""Outcome → audited breakdown: every score with its clause, its inputs and their cells, each step exact, each rounding named.

In: an `Outcome`. Out: a `Breakdown` for a region (`record`), planned once for a program (`plan`), filled from the values
(`from_outcome`), put into sentences in Chinese and English (`sentences`) and into JSON (`json`). Invariants: nothing is
calculated again; a step shows the values the score was made of; every step has an id that stays the same between runs.
Reports: nothing.
"""
