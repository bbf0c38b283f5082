"""What would the cards of a new place say? Guesses from the files themselves, each marked as one: ``python -m loaders new``."""
