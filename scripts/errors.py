"""The failure that a user can mend."""


class BuildError(Exception):
    """An expected failure. Its text is one plain Chinese sentence: what is wrong, and what to do about it."""
