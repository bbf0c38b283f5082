"""Figures of all areas in one period: classes, and how areas differ from their place."""
