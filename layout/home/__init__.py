"""The first page of a place."""
