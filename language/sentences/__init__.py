"""A sentence on one figure: ``statement`` (what is known of it), ``figure`` and ``unjudged`` (the sentence), ``asides``
(what stands behind it), and the words of changes and facts.
"""
