"""Copies of one original, so that a report printed by ten outlets counts once."""
