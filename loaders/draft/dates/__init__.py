"""What a draft knows of the periods of a table that its cells do not say."""
