"""Published statements, and whether they hold."""
