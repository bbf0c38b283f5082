"""Where a publisher lists its files: which of them is the newest that a card means, and why."""
