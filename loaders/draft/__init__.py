"""Drafts the cards of a new place from the files themselves, each guess marked as one: ``python -m loaders new``."""
