"""The same staged Markdown through the generators that come after MkDocs (`make forward`, decision 33)."""
