"""Where the process starts, as ``transfer-cli`` and as ``python -m transfer_cli``."""

import os


def main() -> None:
    """Run the app; Ctrl-C while it loads exits with 130, as it does later."""
    try:
        from transfer_cli import cli

        cli.main()
    except KeyboardInterrupt:
        os._exit(130)


if __name__ == "__main__":
    main()
