"""What is guessed of a table that no card describes yet: where it stands, and what its columns and rows say."""
