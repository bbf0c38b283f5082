"""Change over longer time: trends, revisions, breaks that no card declares."""
