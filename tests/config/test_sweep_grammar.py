"""Several values in Hydra's own grammar become factors; everything else stays as it was."""

import random

import pytest
from hydra.core.override_parser.overrides_parser import OverridesParser

from cisim.config.names import Names
from cisim.config.overrides import read_factors, refuse_overlap
from cisim.errors import InputError
from cisim.questions.run import VERB
from cisim.study.design import Factor

NAMES = Names(VERB, ("frictionless", "hondream", "minimal", "ordinary"))


def factor(text: str) -> Factor:
    """Return the one factor that an override gives."""
    plain, (found,) = read_factors([text], NAMES)
    assert plain == []
    return found


def test_overrides_of_one_value_stay_as_they_were_and_in_order() -> None:
    plain, factors = read_factors(
        ["scenario=minimal", "backbone.gazing=0,1", "seed=3", "strategies=[none,all]", "hydra.verbose=true"], NAMES
    )
    assert plain == ["scenario=minimal", "seed=3", "strategies=[none,all]", "hydra.verbose=true"]
    assert [f.name for f in factors] == ["backbone.gazing"]


def test_factors_come_in_the_order_given() -> None:
    _, factors = read_factors(["trust.start=0.1,0.2", "scenario=glob(*)", "backbone.gazing=interval(0,1)"], NAMES)
    assert [f.name for f in factors] == ["trust.start", "scenario", "backbone.gazing"]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("backbone.gazing=0,0.5,1", (0.0, 0.5, 1.0)),
        ("backbone.gazing=choice(1,0.5)", (1.0, 0.5)),
        ("backbone.gazing=choice(0.5)", (0.5,)),
        ("backbone.gazing=sort(1,0.5,0)", (0.0, 0.5, 1.0)),
        ("backbone.gazing_period=sort(range(2,5),reverse=true)", (4, 3, 2)),
        ("backbone.gazing_period=range(10,2,-4)", (10, 6)),
        ("backbone.gazing_period=int(choice(2.9,3))", (2, 3)),
        ("backbone.gazing=tag(quick,choice(0,1))", (0.0, 1.0)),
        ("backbone.lead=public,'corporate'", ("public", "corporate")),
        ("scenario=minimal,hondream", ("minimal", "hondream")),
        ("scenario=glob(*)", ("frictionless", "hondream", "minimal", "ordinary")),
        ("scenario=glob(*,exclude=*i*)", ("hondream",)),
        ("scenario=glob([h*,m*])", ("hondream", "minimal")),
    ],
)
def test_levels_are_read_as_hydra_means_them(text: str, values: tuple[object, ...]) -> None:
    found = factor(text)
    assert found.values == values
    assert [type(value) for value in found.values] == [type(value) for value in values]


@pytest.mark.parametrize("text", ["range(0,1,0.1)", "range(0,0.9,0.3)", "range(0.05,1,0.05)", "range(1,0,-0.3)"])
def test_a_range_of_floats_has_the_values_and_the_end_that_hydra_gives_it(text: str) -> None:
    override = OverridesParser.create().parse_override(f"backbone.gazing={text}")
    assert factor(f"backbone.gazing={text}").values == tuple(override.sweep_iterator())


def test_a_range_that_takes_in_its_end_out_of_range_says_how() -> None:
    with pytest.raises(InputError, match=r"gazing=1\.1 is out of range.*takes in its end; give an end between"):
        factor("backbone.gazing=range(0,1.1,0.1)")
    assert factor("backbone.gazing=range(0,1.05,0.1)").values[-1] == 1.0


def test_a_shuffle_is_the_same_each_time_and_leaves_the_global_generator_alone() -> None:
    text = f"backbone.gazing_period=shuffle({','.join(map(str, range(2, 30)))})"
    before = random.getstate()
    orders = {factor(text).values for _ in range(3)} | {factor(text.replace(",3,", ",3, ")).values}
    assert random.getstate() == before
    assert all(sorted(order) == list(range(2, 30)) != list(order) for order in orders)
    assert factor(text).values == factor(text).values
    ranged = factor("backbone.gazing_period=shuffle(range(2,30))").values
    assert ranged != tuple(range(2, 30))
    assert ranged == factor("backbone.gazing_period=shuffle(range(2,30))").values


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("backbone.gazing=interval(0,1)", 0, 1),
        ("backbone.gazing=tag(a,interval(0.2,0.4))", 0.2, 0.4),
        ("backbone.gazing_period=int(interval(2.5,9.5))", 2, 9),
    ],
)
def test_an_interval_keeps_its_ends(text: str, low: float, high: float) -> None:
    found = factor(text)
    assert (found.low, found.high, found.values) == (low, high, ())


@pytest.mark.parametrize("text", ["seed=1,2", "replicates=10,20", "engine=mesa,compiled", "extensions.gazing=a.py:A,b"])
def test_an_option_of_several_values_is_refused_with_the_remedy(text: str) -> None:
    with pytest.raises(InputError, match=r"give one value, or add -m for one job for each .*replicates="):
        read_factors([text], NAMES)


@pytest.mark.parametrize("text", ["hydra.verbose=true,false", "hydra/launcher=basic,other"])
def test_a_setting_of_hydra_of_several_values_is_refused(text: str) -> None:
    with pytest.raises(InputError, match="a sweep varies parameters and the scenario only"):
        read_factors([text], NAMES)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("backbone.gazng=0,1", "unknown parameter or option backbone.gazng; did you mean backbone.gazing"),
        ("gazing=interval(0,1)", "unknown parameter or option gazing; did you mean backbone.gazing"),
        ("backbone=a,b", "backbone=a,b sets a whole group"),
        ("backbone=interval(0,1)", r"backbone=interval\(0,1\) sets a whole group"),
        ("backbone.gazing=0,2", r"backbone.gazing=2 is out of range; give a number from 0 to 1"),
        ("backbone.gazing=0,nan", "backbone.gazing=nan is out of range"),
        ("backbone.gazing=true,false", "backbone.gazing=True is not a number"),
        ("backbone.gazing=null,1", "backbone.gazing=None is not a number"),
        ("backbone.gazing='0.5',1", "backbone.gazing='0.5' is not a number"),
        ("backbone.gazing=${trust.start},1", r"backbone.gazing='\$\{trust.start\}' is not a number"),
        ("backbone.gazing=0,0.0", "is given twice; give each value once"),
        ("backbone.gazing_period=2,2.5", r"gazing_period=2\.5 is not a whole number"),
        ("backbone.lead=public,nobody", "backbone.lead=nobody is not known; choose one of corporate"),
        ("backbone.lead=[public],funder", "is not known; choose one of corporate"),
        ("backbone.gazing={a:1},1", "unknown parameter or option backbone.gazing.a"),
        ("scenario=minimal,nowhere", "unknown scenario nowhere; choose one of frictionless"),
        ("scenario=glob(x*)", "finds no scenario; choose among frictionless"),
        ("backbone.lead=glob(*)", "finds no files.*give the values by name"),
        ("scenario=interval(0,1)", r"scenario is not a number; give glob\(\*\) or names"),
        ("backbone.lead=interval(0,1)", "is not a number; give some of corporate"),
        ("backbone.gazing=interval(0,2)", r"backbone.gazing=2.0 is out of range"),
        ("backbone.gazing=interval(1,0)", "is empty; give the lower end first"),
        ("backbone.gazing=interval(0.5,0.5)", "is empty; give the lower end first"),
        ("backbone.gazing_period=interval(2.5,9)", r"gazing_period=2\.5 is not a whole number"),
        ("backbone.gazing=range(1,0)", "gives no value at all"),
        ("backbone.gazing=range(0,1,0)", r"cannot list the values of .*; give range\(start,stop,step\)"),
        ("backbone.gazing=range(0,1,0.0)", "cannot list the values of"),
        ("backbone.gazing=range(nan,1)", "cannot list the values of"),
        ("backbone.gazing=range(0,inf)", "gives more than 1000000 values; give fewer"),
        ("backbone.gazing=choice(", "cannot read the override"),
        ("backbone@here=a,b", "nothing can be removed or moved"),
    ],
)
def test_what_is_no_factor_is_refused_in_one_line(text: str, message: str) -> None:
    with pytest.raises(InputError, match=message) as caught:
        read_factors([text], NAMES)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("second", ["backbone.gazing=0.5", "backbone.gazing=0,0.5", "backbone.gazing=interval(0,1)"])
def test_a_factor_that_is_given_twice_is_refused(second: str) -> None:
    for overrides in (["backbone.gazing=0,1", second], [second, "backbone.gazing=0,1"]):
        with pytest.raises(InputError, match="backbone.gazing is given twice"):
            read_factors(overrides, NAMES)


def test_an_override_of_what_the_table_varies_is_refused() -> None:
    refuse_overlap(["seed=1", "backbone.spacing=0.5"], ["backbone.gazing", "scenario"])
    for text in ("backbone.gazing=0.5", "scenario=minimal"):
        with pytest.raises(InputError, match=f"^{text} sets what the design varies; leave it out here or in the table"):
            refuse_overlap(["seed=1", text], ["backbone.gazing", "scenario"])
