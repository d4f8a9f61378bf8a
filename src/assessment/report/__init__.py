"""Result → text, CSV, workbook, notebook: one view model, and renderers that compute nothing.

In: a result or a breakdown. Out: `view` and `explain` (what is shown, as texts), rendered by `terminal`, `csv_table`, `workbook`
and `html`. Invariants: every figure comes from the record; published scores keep their places; what the data say of
themselves (*illustrative, invented*) stands wherever they are shown; texts of users are shown as text, never run.
Reports: nothing; `MissingExtra` where a table or a workbook needs a library that is not installed.
"""
