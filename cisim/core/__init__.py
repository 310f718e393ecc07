"""The theory: rules, draws and founding population as compiled functions; NumPy and numba only."""
