"""Limits and models, on plain numbers."""
