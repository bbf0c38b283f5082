"Announced public-safety systems"
