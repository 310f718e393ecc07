"""Which parameters an outcome depends on, and how surely: indices, intervals, variance taken apart. Runs no model.

Read from the bottom up: ``layout`` (the rows of a design, its resampling units, its worlds) <- ``worlds`` (products of
different worlds) <- ``saltelli``, ``morris``, ``fourier``, ``distributions`` (indices) <- ``methods`` (all by name) <-
``halves`` (standard errors) <- ``indices`` (table with intervals, nested sizes, verdict), ``variance`` (parameters,
chance, both), ``conditional`` (means along a parameter), ``through_time`` (year by year) <- ``outcomes`` (from runs) <-
``explained`` (all of one outcome) <- ``outputs`` (files). ``docs/sensitivity.md``: which method answers what.
"""
