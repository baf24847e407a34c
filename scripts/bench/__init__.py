"""How long the build takes and how it grows, beside plain MkDocs on the same Markdown. `make bench`; nothing here is a test."""
