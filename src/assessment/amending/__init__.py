"""Amendments: a rule file that states only what changes against an earlier one, and the plain tree that both make.

Resolving is a pure function on trees. What stands behind it (checks, compiling, scoring) sees an ordinary file whose
statements keep the places where they were written, be that in the one file or in the other.
"""
