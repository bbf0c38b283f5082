"""What is missing in a place or does not fit together."""
