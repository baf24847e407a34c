"""Copied as sitecustomize.py: in every Python of a build, folders are read in an order of chance, seeded by DISORDER."""

import os
import random

CHANCE = random.Random(os.environ["DISORDER"])
LISTDIR, SCANDIR = os.listdir, os.scandir


class Shuffled:
    """What os.scandir gives, in another order."""

    def __init__(self, path="."):
        with SCANDIR(path) as entries:
            found = list(entries)
        CHANCE.shuffle(found)
        self.entries = iter(found)

    def __iter__(self):
        return self

    def __next__(self):
        return next(self.entries)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def close(self):
        self.entries = iter(())


def listdir(path="."):
    found = LISTDIR(path)
    CHANCE.shuffle(found)
    return found


os.listdir, os.scandir = listdir, Shuffled
