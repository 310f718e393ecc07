"""Who is told how far a study is."""

from typing import Protocol


class Watch(Protocol):
    """Is told how many runs there are, and of further runs done."""

    def expect(self, runs: int) -> None:
        """Learn how many runs there are in all."""

    def __call__(self, runs: int) -> None:
        """Learn that so many further runs are done."""


class Unwatched:
    """Takes no notice."""

    def expect(self, runs: int) -> None:
        """Take no notice."""

    def __call__(self, runs: int) -> None:
        """Take no notice."""


UNWATCHED: Watch = Unwatched()
