"""What is said of figures: sentences' data, coverage, provenance, protection."""
