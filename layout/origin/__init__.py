"""From a figure back to the published bytes: ``figure`` (which one is asked about, and how it was worked out) and
``tables`` (the files and cells that it stands in).
"""
