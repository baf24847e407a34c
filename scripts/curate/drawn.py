"""Staged Markdown → HTML as the site's generator would make it, one page at a time."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import jinja2
import markdown
from mkdocs.config import load_config

from scripts.site.widget import MARK

HERE = Path(__file__).parent
NO_WIDGET = '<p><em>（这里是计算器，预览里没有；请用 make site 看。）</em></p>'


class Drawer:
    """Markdown with the extensions of mkdocs.yml, in a plain shell with the site's styles."""

    def __init__(self, root: Path) -> None:
        config = load_config(str(root / "mkdocs.yml"), docs_dir=str(root / "docs"), plugins=[])
        self._extensions: list[str] = list(config["markdown_extensions"])
        self._configs: dict[str, Any] = dict(config["mdx_configs"])
        theme = next(folder for folder in map(Path, config["theme"].dirs) if (folder / "assets" / "stylesheets").is_dir())
        self.folders = {"/assets/stylesheets/": theme / "assets" / "stylesheets", "/assets/": root / "docs" / "assets"}
        """Where the files of an address come from, the longer address first."""
        found = sorted((theme / "assets" / "stylesheets").glob("*.min.css"))
        self._sheets = [f"/assets/stylesheets/{path.name}" for path in found] + ["/assets/site.css"]
        loader = jinja2.FileSystemLoader(HERE)
        self._shell = jinja2.Environment(loader=loader, autoescape=True).get_template("preview.html.j2")

    def page(self, text: str, title: str, state: Any) -> str:
        """A staged page (front matter and Markdown) as HTML. state: what the bar above it tells."""
        body = text.split("---\n", 2)[2] if text.startswith("---\n") else text
        converter = markdown.Markdown(extensions=self._extensions, extension_configs=self._configs)
        html = converter.convert(body.replace(MARK, NO_WIDGET))
        return self._shell.render(title=title, body=jinja2.filters.do_mark_safe(html), state=state, sheets=self._sheets)
