"""How much a member weighs in the coalition's position (ODD: schedule 2 and 9)."""

from cisim.core.jit import rule


@rule
def power(size: float, commitment: float, holds_role: float) -> float:
    """E11. Power of a member: size x commitment, twice that for the backbone (`holds_role` 1, else 0). MODEL 9."""
    return size * commitment * (1.0 + holds_role)
