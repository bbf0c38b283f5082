"""What marks a record of an individual: patterns, headings and values; the ground floor of the gate."""
