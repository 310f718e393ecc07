"""Both engines docked on one configuration."""
