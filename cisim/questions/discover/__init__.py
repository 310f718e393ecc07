"""Scenario discovery: the conditions under which coalitions fail early although strategies are used.

Read in this order: ``discovery`` (what is looked for) <- ``boxes`` (what a box is, and what it says of other points) <-
``compute`` (finds them) <- ``tables``.
"""
