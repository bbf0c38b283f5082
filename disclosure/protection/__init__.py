"""Hiding small counts of a dataset so that none can be worked out, and proving that none can."""
