"""What differs between two results, and whether it changes a conclusion."""
