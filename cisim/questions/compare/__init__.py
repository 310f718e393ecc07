"""Arms in the same worlds: how long coalitions last with each mix of strategies, and how they end."""
