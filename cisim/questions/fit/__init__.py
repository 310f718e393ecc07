"""Observed durations: described, fitted, and set beside simulated ones."""
