"""Feeds: the releases and what stands out in them, for readers of feeds."""
