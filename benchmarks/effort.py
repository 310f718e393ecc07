"""How much is measured: the full benchmark, a quick one, and one that only shows that it works."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Effort:
    """Sizes of everything that the benchmark measures.

    Attributes
    ----------
    repeats : int
        How often every contestant takes its turn.
    mesa_runs : int
        Replicates that every engine runs; the Mesa engine once in a turn.
    blocks : int
        Blocks that the compiled engine runs in a turn, each as large as in a study and made of the same replicates.
    thread_runs : int
        Runs of one turn with one thread or two.
    loop_months : int
        Months that the inner loops in C and in Python's compiler live in a turn.
    growth_runs, growth_months, growth_members : tuple of int
        Where the growth of cost is measured: numbers of runs, horizons, numbers of founding members.
    growth_seconds : float
        Time that a measurement of growth over months or members takes at least.
    memory_runs : int
        Runs of the memory measurement.
    large_members, large_runs : int
        Founding members and runs of the large case.
    sweep_points, sweep_replicates, sweep_turns : int
        Size of the sweep whose runner is set against the kernel, and how often.
    sweep_runs : tuple of int
        Runs of the sweeps whose memory is measured.
    starts : int
        How often every start of the command is timed.
    """

    repeats: int
    mesa_runs: int
    blocks: int
    thread_runs: int
    loop_months: int
    growth_runs: tuple[int, ...]
    growth_months: tuple[int, ...]
    growth_members: tuple[int, ...]
    growth_seconds: float
    memory_runs: int
    large_members: int
    large_runs: int
    sweep_points: int
    sweep_replicates: int
    sweep_turns: int
    sweep_runs: tuple[int, ...]
    starts: int


FULL = Effort(
    repeats=7,
    mesa_runs=24,
    blocks=10,
    thread_runs=2048,
    loop_months=20_000,
    growth_runs=(100, 300, 1_000, 3_000, 10_000, 30_000, 100_000),
    growth_months=(37, 75, 150, 300, 600),
    growth_members=(5, 10, 20, 40, 80, 160, 320, 500),
    growth_seconds=1.0,
    memory_runs=100_000,
    large_members=500,
    large_runs=10_000,
    sweep_points=2_000,
    sweep_replicates=100,
    sweep_turns=3,
    sweep_runs=(100_000, 1_000_000),
    starts=3,
)

QUICK = Effort(
    repeats=3,
    mesa_runs=6,
    blocks=4,
    thread_runs=1024,
    loop_months=4_000,
    growth_runs=(100, 1_000, 10_000),
    growth_months=(75, 300, 600),
    growth_members=(5, 40, 320),
    growth_seconds=0.2,
    memory_runs=10_000,
    large_members=500,
    large_runs=50,
    sweep_points=500,
    sweep_replicates=100,
    sweep_turns=3,
    sweep_runs=(20_000, 200_000),
    starts=2,
)

TOY = Effort(
    repeats=1,
    mesa_runs=1,
    blocks=1,
    thread_runs=32,
    loop_months=24,
    growth_runs=(4, 8),
    growth_months=(12, 24),
    growth_members=(5, 10),
    growth_seconds=0.0,
    memory_runs=8,
    large_members=12,
    large_runs=2,
    sweep_points=4,
    sweep_replicates=4,
    sweep_turns=1,
    sweep_runs=(8,),
    starts=1,
)
