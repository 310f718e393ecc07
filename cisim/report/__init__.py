"""From a result folder, or any table of durations, to a self-contained page and a paper pack.

Read in this order: ``contents`` (the questions, and the tables of theirs that a result has) <- ``overview`` and
``methods_section`` (words) <- ``page`` (HTML), ``latex`` and ``pack`` (files) <- ``write``. What a table says and what
a figure shows is listed by its question, in its ``tables.py`` and ``figures.py``.
"""
