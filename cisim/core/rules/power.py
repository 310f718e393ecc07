"""How much a member weighs in the coalition's position (ODD: schedule 2 and 9)."""

from cisim.core.jit import rule


@rule
def power(size, commitment, holds_role):  # type: ignore[no-untyped-def]
    """E89. Power of a member: size x commitment, twice that for the backbone (`holds_role` 1, else 0). MODEL 9."""
    return size * commitment * (1.0 + holds_role)
