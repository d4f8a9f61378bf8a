"""Two rule sets, or two sets of data, compared.

**In**: checked rules, and outcomes of runs. **Out**: the changes between two rule sets, each in words of both languages
with the value before and after; the moves of scores between two runs, split into what the rules and what the data did.
**Invariants**: rules whose graphs and statements are the same have no change; whatever is not known by name here is
compared all the same, so that nothing that may move a score goes unsaid. **Reports**: nothing.

`reconcile` holds a published table against both; its own docstring says what comes in and out.
"""
