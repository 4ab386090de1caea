"""How results are written: formats, screens, labels, and where they go."""
