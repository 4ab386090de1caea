"""Honest statistics on reported figures, at the shell prompt."""

__version__ = "0.1.0"
