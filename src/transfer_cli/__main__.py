"""Where the process starts, as ``transfer-cli`` and as ``python -m transfer_cli``."""

import gc
import os


def main() -> None:
    """Run the app without garbage collection while it loads: nothing made then is garbage (4 ms).

    ``frames`` turns it on again.
    """
    gc.disable()
    try:
        from transfer_cli import cli

        cli.main()
    except KeyboardInterrupt:  # While it loads: later ``Group.main`` answers it.
        os._exit(130)


if __name__ == "__main__":
    main()
