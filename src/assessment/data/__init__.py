"""Regional data → facts: plain, exact numbers in declared units, each with its origin or its kind of absence.

In: files, frames or mappings, and the checked rules that say what is expected. Out: `Data` (`model`). Invariants: past
this layer a number is a rational in the unit of its input, shares and percentage points as plain ratios; every cell has
its origin; nothing unknown was dropped in silence. Reports: every bad cell, all at once, each with its place.
"""
