"""Does a headline hold? What follows from published figures, what does not, and what cannot be checked."""
