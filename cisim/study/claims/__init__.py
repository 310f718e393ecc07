"""Claims of documents as entries, and the runs that put them to the test."""
