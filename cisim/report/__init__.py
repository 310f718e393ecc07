"""From a result folder, or any table of durations, to a self-contained page and a paper pack.

Read in this order: ``result`` (what there is) <- ``reading`` (from files) and ``rows`` (the larger tables, in part) <-
``making``, ``of_arms``, ``of_sweeps``, ``of_runs`` (tables) <- ``contents`` (all of them, or the reason why one is not
there) <- ``briefs`` and ``catalogue`` (tables as readers see them), ``methods`` and ``summary`` (words) <- ``page``
(HTML), ``latex``, ``pack`` (files) <- ``write``.
"""
