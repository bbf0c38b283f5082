"""A TOML file against its model, and its faults in our words; the ground floor of cards and places."""
