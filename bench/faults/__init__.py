"""Breaks what can break, many times over, and counts what was lost."""
