"""Figures set beside one another: dots with their limits, changes, parts of a change, strips, funnels."""
