"""Pictures of comparisons: what is drawn, at a terminal and in a file."""
