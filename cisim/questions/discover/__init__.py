"""Scenario discovery: the conditions under which something happens, as boxes in the space of what is uncertain.

Read in this order: ``boxes`` (what a box is) <- ``prim`` (finds them) <- ``check`` (on other points) <- ``sentences``
<- ``outputs`` (files).
"""
