"""Is a table an aggregate, or records of individuals?"""
