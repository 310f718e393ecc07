"""Batches on a Dask cluster (https://distributed.dask.org): one that runs already, or one on this machine."""

from collections.abc import Iterator
from concurrent.futures import Executor
from contextlib import contextmanager
from typing import Any

from cisim.errors import CisimError, InputError
from cisim.study.executors import Workplace


@contextmanager
def open_dask(workplace: Workplace) -> Iterator[Executor]:
    """Connect to the scheduler at ``cluster.address``, or start one with ``workers`` processes here.

    Raises
    ------
    InputError
        If Dask is not installed.
    CisimError
        If there is no scheduler at the address.
    """
    try:
        import distributed
    except ImportError as problem:
        raise InputError("executor=dask needs Dask, which is not installed; pip install 'cisim[cluster]'") from problem
    untyped: Any = distributed
    address, scratch = workplace.cluster.address, workplace.folder
    if address is None:
        with (
            untyped.LocalCluster(
                n_workers=workplace.workers,
                threads_per_worker=1,
                dashboard_address=None,
                local_directory=None if scratch is None else str(scratch / "dask"),
            ) as cluster,
            untyped.Client(cluster) as client,
        ):
            yield client.get_executor(pure=False)
        return
    try:
        client = untyped.Client(address, timeout="10s")
    except (OSError, ValueError) as problem:
        raise CisimError(
            f"no Dask scheduler answers at cluster.address={address}; start one with dask scheduler, or leave it out"
        ) from problem
    with client:
        yield client.get_executor(pure=False)
