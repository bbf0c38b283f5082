"""What was read and built, and the shelf that holds it."""
