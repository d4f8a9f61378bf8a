"""A published table held against what the rules make of the data.

**In**: a program, data, a published table.
**Out**: for each published figure whether it is equal, consistent with the rounding of the inputs, not excluded by it, or
contradicted; and the causes that explain what is contradicted, each once with all that it explains.
**Invariants**: *contradicted* and *consistent* are proved, the first by sound intervals, the second by inputs that give
the figure exactly. No float decides: floats are evaluated only to say what floats would have published.
**Reports**: nothing; what is wrong with the table itself is found by `data.published`.
"""
