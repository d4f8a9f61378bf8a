"""A published table → figures: the scores, ranks and grades that it gives of regions, every one with its origin.

**In**: a source, the figures that rules make, the names of regions. **Out**: `Published` (`model`). **Invariants**: every
figure is one that the rules make, of a region that was assessed, in the scale in which the rules publish it; what is skipped
is said. **Reports**: what cannot be read, each with its place; what is wrong in many places alike is told once.
"""
