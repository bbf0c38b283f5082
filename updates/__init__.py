"""A round of asking publishers: what came, what changed, what stands out and what broke, told in every language."""
