"""Monthly series and the outcomes of a spell (MODEL 8)."""

from typing import TYPE_CHECKING

import numpy as np

from cisim.core.aggregate import apart, mean, weighted_share
from cisim.core.records import RunRecord, events_until
from cisim.core.rules.collective_impact import is_satisfied
from cisim.core.rules.common import share_of
from cisim.core.series import SERIES
from cisim.core.spell import spell_row

if TYPE_CHECKING:
    from cisim.agents.endings import End
    from cisim.agents.model import PartnershipModel
    from cisim.agents.organisation import Organisation


class Observer:
    """Keeps monthly series; turns them into the record of the run."""

    def __init__(self, model: "PartnershipModel") -> None:
        self.model = model
        self.rows: list[dict[str, float]] = []

    def watch(self) -> None:
        """Append the values of this month to the series."""
        coalition, backbone = self.model.coalition, self.model.coalition.backbone
        row = self._member_means()
        row |= coalition.conditions.levels
        row |= {
            "conditions": coalition.conditions.mean,
            "social": coalition.social,
            "economic": coalition.economic,
            "social_outcome": coalition.total_social,
            "economic_outcome": coalition.total_economic,
            "attention": coalition.attention,
            "credibility": coalition.credibility,
            "practice": coalition.quality,
            "members": float(len(coalition.members)),
            "staffing": backbone.treasury.staffing,
            "reserve": backbone.treasury.reserve,
            "climate": self.model.environment.climate,
            "founders_retained": self._share_staying(backbone.founders),
            "members_retained": self._share_staying(self.model.founders),
        }
        self.rows.append(row | self.model.cohort.totals())

    @staticmethod
    def _share_staying(founders: "list[Organisation]") -> float:
        return share_of(float(sum(founder.is_member for founder in founders)), float(len(founders)))

    def _member_means(self) -> dict[str, float]:
        members = self.model.coalition.members

        def average(values: list[float]) -> float:
            return mean(np.array(values, dtype=np.float64))

        return {
            "trust": average([m.trust for m in members]),
            "conflict": average([m.conflict for m in members]),
            "commitment": average([m.commitment for m in members]),
            "satisfaction": average([m.satisfaction for m in members]),
            "dependence": average([m.autonomy_lost for m in members]),
            "shirking": average([m.shirked for m in members]),
            "deferred": average([m.deferred for m in members]),
            "hazard": average([m.hazard for m in members]),
            "satisfied": average([is_satisfied(m.satisfaction) for m in members]),
            "multivocality": self._multivocality(),
        }

    def _multivocality(self) -> float:
        """Share of members whom the same action satisfies, each counted by how far its weight is from the mean."""
        members, position = self.model.coalition.members, self.model.coalition.mean_weight
        satisfied = np.array([is_satisfied(m.satisfaction) for m in members])
        return weighted_share(satisfied, np.array([apart(m.effective_weight, position) for m in members]))

    def record(self, end: "End", *, trajectory: bool, events: bool, community: int = 0) -> RunRecord:
        """Record of the spell with that ending, cut at its last month."""
        series = np.array([[row[name] for name in SERIES] for row in self.rows]).reshape(-1, len(SERIES))
        negotiation = self.model.negotiation
        formation = negotiation.outcome if negotiation is not None else (1.0, 0.0, 0.0, 0.0)
        self.model.log.add(end.month, "ended", detail=" ".join(filter(None, (end.ending, end.cause))))
        return RunRecord(
            spell=spell_row(
                end.month, end.ending, end.cause, series, self.model.params.observation.milestone, formation
            ),
            members=self.model.log.member_rows(end.month),
            events=events_until(self.model.log.events, end.month) if events else [],
            trajectory=dict(zip(SERIES, series[: end.month].T.copy(), strict=True)) if trajectory else None,
            community=community,
        )
