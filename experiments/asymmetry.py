"""Partnerships between unequals: who comes together, and how long they last, by power and by social capital.

The case is H-JUMP (S2) with and without the tactics of the weaker side. The size of the corporation goes from that of the
social enterprise (no asymmetry) to six times that, structural capital from none to full, in the same worlds. Written are
maps of the share of partnerships formed, of how long the formed last, and of both together, in a result folder and its
report: ``formation_map``, ``lasting_map`` and ``map``.

    python experiments/asymmetry.py            # 100 worlds, 12 000 runs
    python experiments/asymmetry.py 20 out=results
"""

import sys

from cisim.cli.main import main

SCENARIOS = ("hjump_alone", "hjump_halo", "hjump_third_party", "hjump")
NAME = "asymmetry"
DESIGN = (
    f"scenario={','.join(SCENARIOS)}",
    "population.corporation_size=1,1.4,2,3,4.5,6",
    "formation.structural=0,0.25,0.5,0.75,1",
    "population.social_enterprise_size=1",
    "population.size_sd=0",
    f"name={NAME}",
)


def run(replicates: str = "100", out: str = "out=results") -> int:
    """Sweep the plane, then write the report; return the exit code."""
    code = main(["sweep", *DESIGN, f"replicates={replicates}", out])
    return code or main(["report", f"{out.removeprefix('out=')}/sweep/{NAME}"])


if __name__ == "__main__":
    sys.exit(run(*sys.argv[1:]))
