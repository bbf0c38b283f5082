"""New releases: asked for, checked, compared and committed beside the old ones."""
