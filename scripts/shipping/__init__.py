"""A release: what is handed to others, in dist/release/<version>/, with what it takes to check that it is what was made.

ties → commit → parcel: the versions are one, the tree is a commit, the files lie together with SHA256SUMS and manifest.json.
"""

from scripts.shipping.commit import clean_commit
from scripts.shipping.parcel import Made, pack, wrong_in
from scripts.shipping.ties import untied

__all__ = ["Made", "clean_commit", "pack", "untied", "wrong_in"]
