"""What is written down each month, and the outcomes of a spell (MODEL 8)."""

from typing import TYPE_CHECKING

import numpy as np

from cisim.core.aggregate import mean, weighted_share
from cisim.core.records import FAILED, RunRecord

if TYPE_CHECKING:
    from cisim.agents.endings import End
    from cisim.agents.model import PartnershipModel

#: Outcomes that are means of a monthly series over the spell, by series.
MEANS = {
    "mean_trust": "trust",
    "mean_conflict": "conflict",
    "mean_commitment": "commitment",
    "mean_dependence": "dependence",
    "mean_staffing": "staffing",
    "mean_credibility": "credibility",
    "mean_practice": "practice",
    "mean_shirking": "shirking",
    "mean_conditions": "conditions",
    "mean_members": "members",
    "mean_hazard": "hazard",
    "mean_satisfied": "satisfied",
    "multivocality": "multivocality",
}

#: Outcomes read once more at the milestone, by series.
AT_MILESTONE = (
    "founders_retained",
    "enterprises_supported",
    "enterprises_alive",
    "jobs",
    "revenue_growth",
    "twins_alive",
    "twin_jobs",
    "twin_revenue_growth",
)


class Observer:
    """Keeps monthly series; turns them into the record of the run."""

    def __init__(self, model: "PartnershipModel") -> None:
        self.model = model
        self.rows: list[dict[str, float]] = []

    def watch(self) -> None:
        """Write down the month."""
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
            "practice": coalition.practice,
            "members": float(len(coalition.members)),
            "staffing": backbone.treasury.staffing,
            "reserve": backbone.treasury.reserve,
            "climate": self.model.environment.climate,
            "founders_retained": sum(f.is_member for f in backbone.founders) / len(backbone.founders),
            "members_retained": sum(m.is_member for m in self.model.founders) / len(self.model.founders),
        }
        self.rows.append(row | self.model.cohort.totals())

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
            "satisfied": average([float(m.satisfaction >= 0.0) for m in members]),
            "multivocality": self._multivocality(),
        }

    def _multivocality(self) -> float:
        """Share of members whom the same action satisfies, each counted by how far its weight is from the mean."""
        members, position = self.model.coalition.members, self.model.coalition.mean_weight
        satisfied = np.array([float(m.satisfaction >= 0.0) for m in members])
        return weighted_share(satisfied, np.array([abs(m.effective_weight - position) for m in members]))

    def record(self, end: "End", *, trajectory: bool, events: bool) -> RunRecord:
        """Record of the spell that ended so; nothing after its last month."""
        rows = self.rows[: end.month]
        log = self.model.log
        series = {name: np.array([row[name] for row in rows]) for name in rows[0]}
        log.add(end.month, "ended", detail=" ".join(filter(None, (end.ending, end.cause))))
        return RunRecord(
            spell=self._spell(end, series),
            members=log.member_rows(end.month),
            events=log.until(end.month) if events else [],
            trajectory=series if trajectory else None,
        )

    def _spell(self, end: "End", series: dict[str, np.ndarray]) -> dict[str, int | float | bool | str]:
        last = {name: float(values[-1]) for name, values in series.items()}
        milestone = self.model.params.observation.milestone
        reached = end.month >= milestone
        return {
            "duration": end.month,
            "event_observed": end.ending != "censored",
            "ending": end.ending,
            "cause": end.cause if end.ending == FAILED else "",
            "founders_retained": last["founders_retained"],
            "members_retained": last["members_retained"],
            "social_outcome": last["social_outcome"],
            "economic_outcome": last["economic_outcome"],
            **{outcome: float(mean(series[name])) for outcome, name in MEANS.items()},
            **{name: last[name] for name in AT_MILESTONE[1:]},
            **{
                f"{name}_milestone": float(series[name][milestone - 1]) if reached else float("nan")
                for name in AT_MILESTONE
            },
        }
