"""Tables in, tables and figures out: survival analysis of coalition spells. Nothing here runs a model.

Read from the bottom up: ``counts`` (months with ties) <- ``survival``, ``incidence``, ``restricted``, ``hazard``,
``logrank``, ``clustered`` (estimators) <- ``pseudo`` (one value per run) <- ``paired`` (differences between arms) <-
``compare`` and its sister tables <- ``outputs`` and ``report`` (files). ``regression`` explains durations by what
varies in a sweep. ``spells`` checks any table of durations, ``fitting`` fits families to it, ``persistence`` puts it
beside simulated ones. Only ``figures`` imports matplotlib.
``sensitivity`` tells which parameters an outcome depends on. ``docs/survival.md``: which estimator answers what.
"""
