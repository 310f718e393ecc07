"""The strategies of a backbone, in one list from which arms, labels, designs and extension points derive."""

from collections.abc import Mapping

#: Dotted name of the lever, the intensity (a share), of each strategy, in the order in which labels name them.
STRATEGIES: Mapping[str, str] = {
    "gazing": "backbone.gazing",
    "abstracting": "backbone.abstracting",
    "spacing": "backbone.spacing",
}
