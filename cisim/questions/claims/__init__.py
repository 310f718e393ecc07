"""Verdicts on claims out of runs over an ensemble and of a search around each claim."""
