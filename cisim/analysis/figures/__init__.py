"""Each function takes a table of ``cisim.analysis`` and returns a matplotlib Figure; ``save`` writes it."""
