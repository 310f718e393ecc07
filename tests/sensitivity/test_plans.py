"""Parameters and points of a sensitivity analysis: sets by role, clashing ranges, repeats, bins."""

from pathlib import Path

import numpy as np
import pytest

from cisim.errors import InputError
from cisim.parameters import REGISTRY, Parameters, get
from cisim.parameters.checks import unread
from cisim.questions.sensitivity.outcomes import check_outcomes
from cisim.questions.sensitivity.plan import draw_sampling
from cisim.questions.sensitivity.samplers import CURVES, draw_plan_rows
from cisim.questions.sensitivity.sensitivity_methods import METHODS, SURROGATE
from cisim.study.design import Factor, check_points
from cisim.study.varying import choose_factors

CASE = Parameters()
ASKED = {"outcomes": ("share_failed",), "tau": 60, "precision": 0.1}


@pytest.mark.parametrize("wanted", ["uncertainties", "levers", "all"])
def test_a_set_is_that_of_the_registry_but_for_ranges_that_clash_and_fits_everywhere(wanted: str) -> None:
    factors, notes = choose_factors(wanted, (), (), CASE)
    roles = {"uncertainties": {"uncertainty"}, "levers": {"lever"}, "all": {"uncertainty", "lever"}}[wanted]
    left_out = {"funding.award_low", "funding.award_high", "backbone.lead"}
    wished = {name for name, declared in REGISTRY.items() if declared.role in roles}
    names = {factor.name for factor in factors}
    idle = unread({name: get(CASE, name) for name in REGISTRY}, wished)
    assert wished - left_out - idle <= names <= wished - idle
    for name in wished - names - idle:
        assert name in notes[0]
    assert all(name.partition(".")[0] in notes[-1] for name in wished & idle)
    _, design = draw_sampling("regional", factors, samples=256, seed=1, **ASKED)
    check_points(design, {"case": CASE})


def test_parameters_by_name_group_and_range_and_none_that_is_fixed() -> None:
    narrow = Factor(name="exit.base_rate", low=REGISTRY["exit.base_rate"].low, high=REGISTRY["exit.base_rate"].default)
    factors, notes = choose_factors(["trust", "backbone.gazing"], (narrow,), {"trust.start"}, CASE)
    assert [factor.name for factor in factors] == [
        name
        for name, declared in REGISTRY.items()
        if name in ("backbone.gazing", "exit.base_rate")
        or (name.startswith("trust.") and name != "trust.start" and declared.role != "constant")
    ]
    assert narrow in factors
    assert notes == ()
    with pytest.raises(InputError, match=r"backbone\.gazing is set to one value and named in parameters= too"):
        choose_factors(["backbone.gazing"], (), {"backbone.gazing"}, CASE)
    with pytest.raises(InputError, match="no parameter is left to vary"):
        choose_factors([], (), (), CASE)


def test_rows_of_the_same_values_are_one_design_point() -> None:
    lead = Factor(name="backbone.lead", values=("public", "shared"))
    months = Factor(name="backbone.contract_months", low=12, high=13)
    sampling, design = draw_sampling("sobol", (lead, months), samples=16, seed=1, **ASKED)
    assert design.n_points == 4
    assert len(sampling.place) == 16 * 4
    assert "60 of 64 rows repeat others and are run once" in design.notes
    flat = sampling.shares.reshape(-1, 2)
    table = design.frame().iloc[sampling.place]
    assert (table["backbone.lead"] == np.where(flat[:, 0] < 0.5, "public", "shared")).all()
    assert (table["backbone.contract_months"] == np.where(flat[:, 1] < 0.5, 12, 13)).all()


def test_a_search_curve_runs_through_its_parameter_at_the_high_frequency() -> None:
    units = draw_plan_rows(CURVES, 3, 8 * 129, 1).reshape(8, 4, 129, 4)
    for own in range(4):
        power = np.abs(np.fft.rfft(units[0, own, :, own] - 0.5))
        assert power.argmax() == 16
        others = [np.abs(np.fft.rfft(units[0, own, :, j] - 0.5)).argmax() for j in range(4) if j != own]
        assert max(others) <= 2
    means = units.mean(axis=2)
    np.testing.assert_allclose(means, 0.5, atol=0.02)


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        ({"method": "luck"}, "method=luck is not known"),
        ({"method": "morris", "second_order": True}, "second_order=true is for method=sobol"),
        ({"method": "oat", "second_order": True}, "second_order=true is for method=sobol or hdmr"),
        ({"method": "oat", "samples": 1}, "samples=1 is too few for design=oat; give 2 or more"),
        ({"method": "hdmr", "samples": 599}, "samples=599 is no use to method=hdmr; give 600 or more"),
        ({"method": "fast", "samples": 100}, "samples=100 is no use to method=fast; give 520 or more"),
        ({"method": "sobol", "samples": 2**20}, "the design has"),
        ({"outcomes": ()}, r"outcomes=\[\] names none"),
        ({"outcomes": ("joy",)}, "outcome joy is not known"),
        ({"outcomes": ("survival_61",)}, "outcome survival_61 is not followed; give a month from 1 to 60"),
    ],
)
def test_what_makes_no_plan_is_one_line(words: dict[str, object], complaint: str) -> None:
    options = {"method": "morris", "samples": None, "seed": 1, **ASKED, **words}
    factor = Factor(name="trust.start", low=0.1, high=0.8)
    with pytest.raises(InputError, match=complaint):
        draw_sampling(options.pop("method"), (factor,), **options)


def test_causes_stand_for_the_probability_of_each() -> None:
    assert check_outcomes(("share_failed", "causes", "share_failed"), 60) == (
        *("share_failed", "failed_conflict", "failed_disappointment", "failed_dependence", "failed_hypocrisy"),
        *("failed_external", "failed_funding", "failed_not_formed"),
    )


@pytest.mark.parametrize("name", [name for name in METHODS if name != SURROGATE])
def test_every_method_has_a_label_and_a_row_in_the_guide_with_its_samples(name: str, checkout: Path) -> None:
    method, guide = METHODS[name], (checkout / "docs" / "sensitivity.md").read_text(encoding="utf-8")
    (row,) = (line for line in guide.splitlines() if line.startswith(f"| `{name}`"))
    assert f", {method.samples} |" in row
    assert method.main in method.labels
    assert ("second_order=true" in row) == method.second_order
