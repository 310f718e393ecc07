"""The Mesa engine: the readable and extensible reference. Agents call the compiled rules; they restate no formula.

Files share their names with their twins in `cisim.core.kernel`, which do the same over arrays.

Two circles of imports remain, for types only: nothing here imports another file of a circle when it is loaded, but for
what it makes or subclasses. Mesa's agents and models hold one another: an organisation asks its model for the coalition
and the strategies, the coalition its members and its parts (backbone, treasury, network, ties, conditions), and each
part its coalition; a strategy is asked about a member. A field holds its communities and its platform, and these ask
the field for one another. What knows of organisations only that they have a number and a kind (the log) stands outside,
and so does what knows parameters and keys only (clocks, the environment).
"""
