"""Looks at the official address of each cited document, where there is a network, and remembers what it saw."""
