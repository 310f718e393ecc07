"""The Mesa engine: the readable and extensible reference. Agents call the compiled rules; they restate no formula."""
