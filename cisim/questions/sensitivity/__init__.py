"""Which parameters an outcome depends on, and how surely: indices, intervals, variance taken apart.

Read from the bottom up: ``units_and_worlds`` (outcomes by unit, row and world; standard errors) <- ``samplers`` (plans
of points), ``elementary_effects``, ``variance_based``, ``distribution_based``, ``surrogate`` (indices) <-
``sensitivity_methods`` (the one table of methods) <- ``indices`` (intervals, nested sizes, verdict, variance),
``profiles`` (year by year, along a parameter) <- ``outcomes`` (from runs) and ``plan`` (what is run) <- ``compute``
(every table) <- ``tables`` (files), ``index_figures``, ``profile_figures``, ``figures`` <- ``screening`` (two stages),
``verb``. ``docs/sensitivity.md``: which method answers what.
"""
