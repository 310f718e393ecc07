"""Whether a result is what was written, whole and one."""

from cisim.config.options import Verb

VERB = Verb(
    name="check",
    title="Prove that a result is whole, unchanged and of one study; say how far an unfinished one is.",
    usage="""\
{title}

usage: cisim check RESULT

RESULT
  a result folder, or its name below results/ (sweep/NAME)

exit code 0 if it is sound, 1 if it is not finished, 2 if it is damaged or no result
""",
)
