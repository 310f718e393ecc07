"""``posterior=``: the study at every member of an ensemble of parameter sets."""

from pathlib import Path

from cisim.errors import InputError
from cisim.study.ensemble import SHIPPED, Ensemble, over_ensemble, read_ensemble
from cisim.study.study import Study


def with_posterior(study: Study, wanted: object) -> Study:
    """Return the study over the ensemble that ``posterior=`` names; as it is for false.

    Parameters
    ----------
    study : Study
        With its design.
    wanted : bool, str or None
        True is the ensemble that comes with cisim; else a Parquet file of one, or the folder of a calibration.

    Raises
    ------
    InputError
        If it names no ensemble.
    """
    ensemble = find_ensemble(wanted)
    return study if ensemble is None else over_ensemble(study, ensemble)


def find_ensemble(wanted: object) -> Ensemble | None:
    """Read the ensemble that ``posterior=`` names; None for false, InputError if it names none."""
    if wanted is None or wanted is False:
        return None
    return ensemble_of(wanted)


def ensemble_of(wanted: object) -> Ensemble:
    """Return the ensemble that ``posterior=`` names; InputError if it names none."""
    if wanted is not True and not isinstance(wanted, str):
        raise InputError(f"posterior={wanted} is not known; use true, false, or the ensemble.parquet of a calibration")
    path = SHIPPED if wanted is True else Path(str(wanted))
    if path.is_dir():
        path = path / "ensemble.parquet"
    if not path.is_file():
        raise InputError(f"posterior={wanted}: there is no {path.name}; make one with cisim calibrate")
    return read_ensemble(path)
