"""One module per command: arguments in, a call of the core, a table out."""
