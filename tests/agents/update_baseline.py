"""Record what the model does now: ``python -m tests.agents.update_baseline``, then look at the difference.

A change of the baseline belongs in the commit that changes the model, with the reason in the CHANGELOG.
"""

from tests.agents.baseline import remember

if __name__ == "__main__":
    remember()
