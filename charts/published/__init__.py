"""What was published: coverage by area and year, statements and their checks, announced systems."""
