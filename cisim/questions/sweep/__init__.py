"""A design over parameters: how long coalitions last along them."""
