"""What figures say at a glance: of a place or of one of its areas."""
