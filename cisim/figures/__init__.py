"""Each function takes a table of ``cisim.survival`` and returns a matplotlib Figure; ``save`` writes it."""
