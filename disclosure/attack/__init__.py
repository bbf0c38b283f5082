"""Trying to work hidden counts out from all that the site publishes."""
