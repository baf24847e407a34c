"""A walk through the questions: every answer obeys the laws that any right rulebook obeys.

`questions` lists in lines what is asked in full, `laws` what must hold of each answer and `laws_along` along a line.
`oracle` works every answer out a second time, without the calculator; `oracle_questions` lists what more the two are
compared on. `walk` asks everything in parallel, `counting` counts it, and `smallest` makes an example small.
"""
