"""Everything that a data folder holds, read by one road, and what is wrong with the rest."""
