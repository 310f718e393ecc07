"""One run again, bit for bit, with its events in words."""

from cisim.config.options import Verb

VERB = Verb(
    name="replay",
    title="Run one row of a result again, bit for bit, and print its events and trajectory.",
    usage="""\
{title}

usage: cisim replay RESULT ROW [name=value ...] [--config-dir DIR]

RESULT
  a result folder, or its name below results/ (compare/NAME)
ROW
  a row of runs.parquet, from 0; or columns that choose one: point=3 replicate=17, strategies=all replicate=17

options
  engine=  compiled or mesa; default: the engine that made the result
  out=     folder to write into; default: replays in the result folder
  trust=   true: run own classes that the result names (extensions); read their files first

writes ROW/events.csv, ROW/trajectory.csv and ROW/figures; exit code 1 if the run is not what was kept
""",
)
