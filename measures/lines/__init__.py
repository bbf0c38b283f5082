"""From a safe table to lines of figures: counts, rates, sums, with what they were a year before."""
