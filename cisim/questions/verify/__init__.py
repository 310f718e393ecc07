"""Both engines docked on one configuration."""

from dataclasses import dataclass

from cisim.config.options import Extensions, Verb, extensions_option, option


@dataclass
class VerifyOptions:
    """Options of ``cisim verify``, which writes no results."""

    replicates: int = option(20, "runs on each engine, 1 or more")
    seed: int = option(1, "0 to 2**63 - 1")
    extensions: Extensions = extensions_option("none: the compiled engine cannot run own classes")  # type: ignore[valid-type]


VERB = Verb(
    name="verify",
    title="Check that both engines give identical records for a configuration.",
    options=VerifyOptions,
    scenario="hondream",
)
