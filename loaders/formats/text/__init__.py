"""Text files of rows and cells, in any usual encoding."""
