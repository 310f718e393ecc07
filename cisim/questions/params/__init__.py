"""The registry of parameters as a table."""
