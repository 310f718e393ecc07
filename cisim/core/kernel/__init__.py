"""The compiled engine: the schedule of the model over arrays, calling the rules that the agents call."""
