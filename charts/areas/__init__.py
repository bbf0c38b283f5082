"""Figures of areas: maps, tiles, and where an area lies."""
