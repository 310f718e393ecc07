"""The five conditions of collective impact as indices in [0, 1] (S1 §2.1, §4.1; MODEL 4.9)."""

from typing import TYPE_CHECKING

import numpy as np

from cisim.core.aggregate import mean
from cisim.core.rules import conditions as rules
from cisim.core.series import CONDITIONS

if TYPE_CHECKING:
    from cisim.agents.coalition import Coalition


class Conditions:
    """Common agenda, shared measurement, reinforcing activities, communication, backbone support."""

    def __init__(self, start: float) -> None:
        self.levels = dict.fromkeys(CONDITIONS, start)

    @property
    def mean(self) -> float:
        """Mean of the five."""
        return mean(np.array(list(self.levels.values())))

    @property
    def shared_measurement(self) -> float:
        """Level of shared measurement."""
        return self.levels["shared_measurement"]

    @property
    def communication(self) -> float:
        """Level of continuous communication."""
        return self.levels["communication"]

    def develop(self, coalition: "Coalition") -> None:
        """Move every condition towards what the state supports and the others lend it."""
        p = coalition.params.conditions
        average = self.mean
        for name, target in self._targets(coalition).items():
            others = rules.mean_of_others(average, self.levels[name])
            self.levels[name] = rules.condition(self.levels[name], target, others, p.mutual, p.speed)

    def _targets(self, coalition: "Coalition") -> dict[str, float]:
        p, members = coalition.params.conditions, coalition.members
        model, backbone = coalition.model, coalition.backbone
        trust = mean(np.array([m.trust for m in members]))
        shirked = mean(np.array([m.shirked for m in members]))
        language = mean(np.array([t.language for t in coalition.network.ties]))
        targets = (
            model.abstracting.common_agenda(p.agenda_effort, coalition.weight_variance, coalition.credibility),
            model.spacing.shared_measurement(p.measurement_effort),
            rules.activities_target(p.activities_effort, backbone.share_held, shirked),
            rules.communication_target(p.communication_effort, trust, language),
            rules.support_target(backbone.treasury.staffing, backbone.lead_commitment),
        )
        return dict(zip(CONDITIONS, targets, strict=True))
