"""Finished results: read, checked, and handed to estimators as tables."""
