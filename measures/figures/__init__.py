"""From a safe table to figures with limits, change and verdict."""
