"""Where the process starts, as ``transfer-cli`` and as ``python -m transfer_cli``."""

import gc
import os


def main() -> None:
    """Run the app without garbage collection while it loads: nothing made then is garbage (4 ms).

    ``frames`` turns it on again, and then what is new is looked at only once there is much of it
    (2 ms). A command that needs no pandas makes little garbage, and runs without.
    """
    gc.disable()
    gc.set_threshold(50_000)
    try:
        from transfer_cli import cli

        cli.main()
    except KeyboardInterrupt:  # While it loads: later ``Group.main`` answers it.
        os._exit(130)


if __name__ == "__main__":
    main()
