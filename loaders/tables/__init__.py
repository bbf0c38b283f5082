"""A sheet of text read by its card: where the table stands, what its columns are, what its cells mean."""
