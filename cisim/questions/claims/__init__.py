"""Verdicts on claims out of runs over an ensemble and of a search around each claim."""

from dataclasses import dataclass
from typing import Any

from cisim.config.options import StudyOptions, Verb, option


@dataclass
class ClaimsOptions(StudyOptions):
    """Options of ``cisim claims``."""

    replicates: int = option(24, "worlds of every member of the ensemble in every arm, 4 or more")
    members: bool = option(False, "true: keep the membership spells")
    files: Any = option(None, "files of claims, of configs/claims or your own .yaml; default: all of configs/claims")
    only: Any = option(None, "names of claims to test; default: all of the files")
    posterior: Any = option(True, "true: the ensemble of cisim calibrate that comes with cisim; or a file of one")
    samples: int = option(1024, "points searched around each claim for where it reverses; 0: no search")
    worlds: int = option(2, "worlds of each of these points, which no other point has")
    reuse: bool = option(True, "false: run points again that another trial in the same folder has run")


VERB = Verb(
    name="claims",
    title="Test the claims of documents, and find where they reverse.",
    options=ClaimsOptions,
    scenario="hondream",
)
