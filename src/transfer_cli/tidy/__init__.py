"""Wide tables as bureaus publish them, made into rows of figures."""
