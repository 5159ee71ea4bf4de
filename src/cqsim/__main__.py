"""`python -m cqsim`."""

import os

_INTERRUPTED = 130


def main() -> None:
    """Run the command that the arguments name, and end the process."""
    try:
        from cqsim.cli import main as commands

        commands(prog_name="cqsim")
    except KeyboardInterrupt:  # before any command had begun
        _end()
    except SystemExit as done:
        if done.code == _INTERRUPTED:
            _end()
        raise


def _end() -> None:
    """End at once: Python would wait for threads, and then die of the signal when it came while a module was loaded."""
    os._exit(_INTERRUPTED)


if __name__ == "__main__":
    main()
