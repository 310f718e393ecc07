"""Survival analysis of coalition spells: pure functions from tables to tables. Nothing here runs a model or draws.

Order of reading, each file building on those before it:

1. ``counts`` (spells at risk and events by month) and ``intervals`` (how limits are made);
2. estimators of arrays: ``curves`` (Kaplan-Meier, Aalen-Johansen), ``restricted`` (mean times, one value per run),
   ``hazard`` (by age), ``logrank`` (tests), ``membership`` (spells in clusters);
3. ``labels`` and ``arms``: a table of runs, read once into the arms that all tables below take;
4. tables of arms: ``arm_tables`` (curves and hazards over time), ``durations``, ``paired`` (differences in the same
   worlds), ``time_to_formation``, ``trajectories``;
5. tables of sweeps, ensembles and fields: ``variation`` (what varies), ``sweep_estimates`` (point by point, and along
   a parameter), ``sweep_maps`` (over two), ``ensembles``, ``field_outcomes``;
6. models: ``spells`` (any table of durations, checked), ``families`` (parametric fits), ``covariates`` <-
   ``regression`` -> ``shared_worlds`` (which parameters shift durations);
7. ``words`` (numbers as readers see them).

``docs/survival.md``: which estimator answers which question.
"""
