"""The page of what stands out in a release."""
