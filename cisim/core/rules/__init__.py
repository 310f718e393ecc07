"""Behavioural rules: one pure scalar function for each numbered equation of docs/odd.md.

Arguments and results are floats unless said otherwise; shares lie in [0, 1]; rates are per month. Agents and the
compiled engine call the same functions; no formula stands anywhere else.
"""
