"""Options that a backbone can choose among: mixes of strategies, lengths of contract, periods of gazing."""

from dataclasses import dataclass
from typing import Any

import pandas as pd

from cisim.study.task import Task
from cisim.survival.labels import parse_label


@dataclass(frozen=True)
class Option:
    """One thing to do.

    Attributes
    ----------
    label : str
        Strategies in use.
    contract : int
        Months of a contract.
    period : int
        Months of a period of gazing; without gazing it decides nothing.
    """

    label: str
    contract: int
    period: int

    @property
    def gazes(self) -> bool:
        """Whether gazing is in use."""
        return "gazing" in parse_label(self.label)


@dataclass(frozen=True, kw_only=True)
class Advice(Task):
    """Plan of a recommendation.

    Attributes
    ----------
    choices : tuple of Option
        One for each setting of the design.
    reference : int
        Place of the option without strategies and with the case's own contract; -1 if it is not among them.
    tau : int
        End of the window (months).
    """

    choices: tuple[Option, ...]
    reference: int
    tau: int

    def summary(self) -> dict[str, Any]:
        """Return what decides the results besides the design, as plain values."""
        return {"tau": self.tau}

    def table(self) -> pd.DataFrame:
        """One row for each option: choice (in words), strategies, contract_months, gazing_period (or none)."""
        return pd.DataFrame(
            {
                "choice": [self.words(option) for option in self.choices],
                "strategies": [option.label for option in self.choices],
                "contract_months": [option.contract for option in self.choices],
                "gazing_period": pd.array([o.period if o.gazes else None for o in self.choices], dtype="Int64"),
            }
        )

    def words(self, option: Option) -> str:
        """Return an option in words, without what all options have in common."""
        parts = ["no strategy" if option.label == "none" else option.label.replace("+", " and ")]
        parts[0] = "all three strategies" if option.label == "all" else parts[0]
        if len({other.contract for other in self.choices}) > 1:
            parts.append(f"contracts of {option.contract} months")
        if option.gazes and len({other.period for other in self.choices if other.gazes}) > 1:
            parts.append(f"period {option.period}")
        return ", ".join(parts)
