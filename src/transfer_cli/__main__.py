"""Runs the tool as ``python -m transfer_cli``."""

from transfer_cli.cli import main

main()
