"""What is guessed of the areas: their names, their codes and where they lie."""
