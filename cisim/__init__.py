"""Agent-based simulation of collective-impact coalitions."""
