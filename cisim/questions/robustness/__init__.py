"""How far disturbances of each class move a coalition, with and without strategies, in the same worlds.

Read in this order: ``layout`` (what was run) <- ``lives`` (runs as arrays) and ``recovery`` (trajectories in blocks) <-
``measures`` (what a pair of worlds says) <- ``tables`` <- ``outputs`` (files).
"""
