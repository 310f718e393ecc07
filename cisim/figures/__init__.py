"""Figures: each function takes one table of ``cisim.survival`` and returns a matplotlib Figure; ``save`` writes it.

``style`` (sizes, colours, one style for each label) <- ``parts`` (axis of time, panels, legend, note) <- one file for
each kind of picture: ``survival_curves``, ``hazard_by_age``, ``ways_to_end``, ``duration_histogram``,
``effects_forest``, ``response_curves``, ``heat_maps``, ``phase_diagrams``, ``trajectory_panels``,
``coalition_network``, ``ensemble_effects``.
"""
