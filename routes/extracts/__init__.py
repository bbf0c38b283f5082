"""Any part of the figures as a file at a stable address: what is asked for, its rows, and how they are written."""
