"""One scenario as it is: how its coalitions fare, what goes on within them."""
