"""How fast cisim is, and how much it needs: one command, ``python -m benchmarks``, explained in docs/performance.md."""
