"""A place whose figures are simulated, as large as is asked: for measuring alone."""
