"""May two figures be compared, and what would be fair instead?"""
