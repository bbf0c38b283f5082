"""From lines to figures with limits, change and verdict."""
