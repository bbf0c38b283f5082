"""What every page shares: who reads, what a page is made of, controls, tables, words and the sources at the foot."""
