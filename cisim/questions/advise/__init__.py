"""Which option to take for a case where parameters are uncertain, and how sure the ranking is.

Read in this order: ``choices`` (options) <- ``compute`` (criteria and the ranking by them) <- ``tables``.
"""
