"""Tables in, tables and figures out: survival analysis of coalition spells. Nothing here runs a model.

Read from the bottom up: ``counts`` (months with ties) <- ``survival``, ``incidence``, ``restricted``
(estimators) <- ``pseudo`` (one value per run) <- ``paired`` (differences between arms) <- ``compare`` and its
sister tables <- ``outputs`` (files). Only ``figures`` imports matplotlib.
"""
