"""An own strategy: gazing that turns to the goal that is further behind, instead of a fixed rhythm.

Sequential attention to goals was described as driven by problems: what falls short gets it (Cyert & March 1963).
S1 §4.3.1 tells it so too: good numbers on employment and survival made the director of SDS ask for social impact.

One method of the built-in class is replaced: where attention goes in a month. `backbone.gazing` keeps its meaning, and
every cost of gazing stays. `backbone.gazing_period` has no effect, since the reviews set the rhythm. Unlike with the
built-in class, attention need not be on average what the members ask for, so a gain may come from moving the goals.

    cisim compare scenario=minimal extensions.gazing=experiments/adaptive_gazing.py:AdaptiveGazing
"""

from typing import TYPE_CHECKING

from cisim.agents.strategies import Attention, Gazing
from cisim.core.rules.attention import attention
from cisim.core.rules.collective_impact import relative_gap

if TYPE_CHECKING:
    from cisim.agents.coalition import Coalition
    from cisim.parameters import Parameters


class AdaptiveGazing(Gazing):
    """Gazing whose focus is chosen anew at each review.

    Attributes
    ----------
    review_months : int
        Months between two reviews; the members' own yearly review by default.
    """

    review_months = 12

    def __init__(self, params: "Parameters") -> None:
        super().__init__(params)
        self.is_social = True
        self.switched = 1

    def attend(self, coalition: "Coalition", month: int) -> Attention:
        """Attention in `month` (1 is the first): at a review, turn to the goal that is further behind its promise."""
        if (month - 1) % self.review_months == 0:
            is_social = self._social_gap(coalition) <= self._economic_gap(coalition)
            if is_social != self.is_social:
                self.is_social, self.switched = is_social, month
        level = attention(coalition.balance, self.intensity, float(self.is_social))
        return Attention(level, float(month - self.switched))

    @staticmethod
    def _social_gap(coalition: "Coalition") -> float:
        return relative_gap(coalition.perceived[0], coalition.promise[0])

    @staticmethod
    def _economic_gap(coalition: "Coalition") -> float:
        return relative_gap(coalition.perceived[1], coalition.promise[1])
