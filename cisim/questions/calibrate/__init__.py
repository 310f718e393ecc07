"""Calibration: parameter sets that meet target patterns, by approximate Bayesian computation."""
