"""From a result folder, or any table of durations, to a self-contained page and a paper pack.

Read in this order: ``result`` (what there is) <- ``rows`` (the larger tables, read in part) <- ``contents`` (every
table, or the reason why it is not there) <- ``briefs`` (tables as readers see them), ``methods`` (what was done, in
words) <- ``page`` (HTML), ``latex``, ``pack`` (files) <- ``write``.
"""
