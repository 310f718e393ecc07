"""Weights in a member's decisions to commit and to leave, from the parameters."""

from typing import TYPE_CHECKING

from cisim.core.rules import leaving
from cisim.core.rules import matching as partnership

if TYPE_CHECKING:
    from cisim.parameters.registry import Parameters


def commitment_effects(params: "Parameters") -> leaving.CommitmentEffects:
    """Effects on the log odds of commitment."""
    p = params.commitment
    return leaving.CommitmentEffects(
        base=p.base,
        satisfaction=p.satisfaction,
        conflict=p.conflict,
        trust=p.trust,
        frame=p.frame,
        autonomy=p.autonomy,
        outside=p.outside,
        lock_in=p.lock_in,
    )


def contract_protection(params: "Parameters") -> float:
    """Protection inside a contract, by itself and as a complement of relational governance (log units of hazard)."""
    b = params.backbone
    return partnership.protection(params.exit.break_penalty, b.contract_complement, b.relational_governance)
