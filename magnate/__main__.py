"""What starts as `magnate` and as `python -m magnate`: a Ctrl-C while the command line is loaded ends it silently."""

import signal


def main() -> None:
    """Load the command line and run it."""
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, signal.SIG_DFL)  # as SIGTERM and SIGHUP do; `endings.heard` takes over from here
    from magnate.cli import main as run

    run()


if __name__ == "__main__":
    main()
