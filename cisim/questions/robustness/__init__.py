"""How far disturbances of each class move a coalition, with and without strategies, in the same worlds.

Read in this order: ``exposures`` (what is run) <- ``compute`` (runs as arrays, pairs of worlds, ratios) and
``recovery`` (trajectories) <- ``findings`` (in sentences) <- ``tables``.
"""
