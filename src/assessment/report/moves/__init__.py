"""Whose scores move between two rule sets, as plain text: one sentence, then who moves most, then why."""

from assessment.report.moves.tables import moves_lines

__all__ = ["moves_lines"]
