"""Which option to take for a case where parameters are uncertain, and how sure the ranking is.

Read in this order: ``regret`` (criteria and their ranking) <- ``sentences`` <- ``outputs`` (files).
"""
