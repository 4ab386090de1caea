"""Turns tables into text: one small module per family of formats, chosen in ``registry``."""
