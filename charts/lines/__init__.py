"""Figures over time: trends, sparklines, small multiples, and the same months of each year."""
