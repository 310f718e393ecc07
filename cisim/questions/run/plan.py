"""One scenario as it is, in a study."""

from collections.abc import Sequence

from cisim.config.compose import compose_one
from cisim.config.names import find_names
from cisim.config.posterior import with_posterior
from cisim.questions.run import VERB
from cisim.study.study import Study


def plan_run(overrides: Sequence[str] = (), config_dir: str | None = None) -> Study:
    """Return the study that ``cisim run`` runs.

    Parameters
    ----------
    overrides : sequence of str
        In Hydra's grammar, for instance ``scenario=minimal``, ``backbone.gazing=0.5``, ``replicates=20``.
    config_dir : str, optional
        A user's own config folder; its ``scenario/*.yaml`` come on top of cisim's.

    Raises
    ------
    InputError
        For every bad input, in one line.
    """
    study, options = compose_one(overrides, find_names(VERB, config_dir))
    return with_posterior(study, options.posterior)
