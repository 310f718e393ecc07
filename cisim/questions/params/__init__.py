"""The registry of parameters as a table."""

from cisim.config.options import Verb

VERB = Verb(
    name="params",
    title="List every parameter with unit, range, role and source.",
    usage="""\
{title}

usage: cisim params [format=table|csv|md|json]
""",
)
