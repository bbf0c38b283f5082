"""Places with their areas and boundaries."""
