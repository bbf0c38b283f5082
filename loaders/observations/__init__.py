"""Observations: read from a release, checked, and spliced over releases."""
