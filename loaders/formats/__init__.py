"""One module for each way in which publishers write tables. Each gives sheets: texts with their place in the file,
nothing improved.
"""
