"""Our calculator and other rules engines, each in processes and an environment of its own (scripts/bench/engines.py).

Nothing is imported here: what a process that is measured imports is part of the figure.
"""
