"""Rule text put in order: one layout for all files, in the author's language or in another one.

**In**: a `Source`. **Out**: its text in order by `rules.formatted`, or what is wrong with it; `print` puts what it writes of a tree in order
by `rules.arranged`.
**Invariants**: what comes out is read as the same rules; every comment is there once, in its place; putting a text in
order twice gives the same text.
**Reports**: nothing of its own; a text with errors is left alone.

The way of a text: `concrete` (every word by the rules of the grammar) → `wording` (how each is written in a
language; `names` for those of methods) → `layout` (what stands together, with `blanks` between words and `columns` of neighbouring
lines) → `document` (breaking into lines).
"""
