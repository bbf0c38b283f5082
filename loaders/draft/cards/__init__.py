"""The cards and measures that a draft is written as."""
