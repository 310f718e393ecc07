"""The design of a study: from factors, or a file of points, to one typed table of points."""

from cisim.study.design.build import build
from cisim.study.design.design_points import Design, check_points
from cisim.study.design.factor import SCENARIO, Factor

__all__ = ["SCENARIO", "Design", "Factor", "build", "check_points"]
