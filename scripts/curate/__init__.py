"""For whoever keeps the rules: a new file to fill in, a look at the pages, what a change alters, what is to be verified next."""
