"""Ends the parts of a run when the run itself was killed and could not do it.

Reads from standard input the process groups to look after, one a line (``+123`` begun,
``-123`` ended). When the input closes, the run is gone: whatever is left is asked to end, then
killed. A run that stops by itself takes its groups back first.
"""

import os
import signal
import sys
import time

GRACE = 6.0


def gone(group: int) -> bool:
    """Tell whether no process of ``group`` is left."""
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        return False
    return False


def send(groups: set[int], signum: int) -> set[int]:
    """Send ``signum`` to ``groups`` and return those that still exist."""
    for group in groups:
        try:
            os.killpg(group, signum)
        except (ProcessLookupError, PermissionError):
            continue
    return {group for group in groups if not gone(group)}


def end(groups: set[int], grace: float = GRACE) -> None:
    """End ``groups``: asked first, killed when ``grace`` seconds were not enough."""
    left = send(groups, signal.SIGTERM)
    until = time.monotonic() + grace
    while left and time.monotonic() < until:
        time.sleep(0.05)
        left = {group for group in left if not gone(group)}
    send(left, signal.SIGKILL)


def main() -> None:
    """Follow the groups until the input closes, then end what is left."""
    for signum in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(signum, signal.SIG_IGN)
    groups: set[int] = set()
    for line in sys.stdin:
        group = int(line[1:])
        if line[0] == "+":
            groups.add(group)
        else:
            groups.discard(group)
    end(groups)


if __name__ == "__main__":
    main()
