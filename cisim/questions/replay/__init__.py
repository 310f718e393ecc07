"""One run again, bit for bit, with its events in words."""
