"""A walk through the questions: every answer obeys the laws that any right rulebook obeys.

`questions` lists what is asked, `laws` what must hold, `walk` asks everything in parallel.
"""
