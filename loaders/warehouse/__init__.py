"""Counts from a department's own records: asked of the engine that holds them, written as a release."""
