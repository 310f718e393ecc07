"""Results that are there already: read, checked, and handed to estimators as tables."""
