"""Everything that reads or writes files: rules in, site, offline bundle and wheel out."""
