"""The widget and what it runs on: the Python runtime for the page, the bundled browser shell, the offline bundle."""

from scripts.runtime.offline import pack_offline
from scripts.runtime.prepare import embed_html, prepare_runtime, single_html, widget_html

__all__ = ["embed_html", "pack_offline", "prepare_runtime", "single_html", "widget_html"]
