"""What differs between two results, and whether it changes a conclusion."""

from cisim.config.options import Verb

VERB = Verb(
    name="diff",
    title="Compare two results: configuration, code, runs, conclusions.",
    usage="""\
{title}

usage: cisim diff RESULT RESULT

RESULT
  a result folder, or its name below results/ (compare/NAME); the two may be of different verbs

exit code 0 whenever they could be compared
""",
)
