"""Source cards: what a published file is, as its card says it."""
