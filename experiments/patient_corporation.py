"""An own kind of member: a corporation whose CSR department bears shortfalls for some years.

A department with a long contract and slack of its own can wait for results without blaming its partners: slack absorbs
what would become conflict (Cyert & March 1963), and "we trust the abilities of the directors and staff" (S1 §4.3.3).
One method of the built-in class is replaced: the appraisal. The price is not built in; it comes out of the model: a
corporation that stays through bad years keeps its goals, and its distance to the others, in the coalition.

    cisim compare scenario=minimal extensions.corporation=experiments/patient_corporation.py:PatientCorporation
"""

from cisim.agents.organisations import Corporation


class PatientCorporation(Corporation):
    """A corporation that holds no shortfall against the coalition in its first years.

    Attributes
    ----------
    patience_months : int
        Months of the coalition in which a shortfall is borne; S1's contract by default.
    """

    patience_months = 60

    def appraise(self) -> None:
        """Judge results as any corporation does, but bear a shortfall while patience lasts."""
        super().appraise()
        if self.model.month <= self.patience_months:
            self.satisfaction = max(0.0, self.satisfaction)
