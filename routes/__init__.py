"""Data by stable address: extracts, boundaries, catalogue. Stateless, so that any copy of the server answers."""
