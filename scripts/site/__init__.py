"""The site: `stage` writes plain Markdown from rules and words, `build_site` makes HTML of it with MkDocs and finishes that."""

from scripts.site.generate import build_site
from scripts.site.single import write_single
from scripts.site.stage import stage

__all__ = ["build_site", "stage", "write_single"]
