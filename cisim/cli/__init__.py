"""The command line: ``cisim run``, ``cisim compare``, ``cisim params``."""
