"""Two people at the same moment, in real threads with connections of their own."""

import threading
from collections.abc import Callable
from typing import Any

from django.db import connection


def at_once(*deeds: Callable[[], Any]) -> list[Any]:
    """Run each deed in a thread of its own from one starting shot; give results or refusals."""
    shot = threading.Barrier(len(deeds))
    outcomes: list[Any] = [None] * len(deeds)

    def run(place: int, deed: Callable[[], Any]) -> None:
        try:
            shot.wait(10)
            outcomes[place] = deed()
        except Exception as error:  # what it was is asserted below
            outcomes[place] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(place, deed)) for place, deed in enumerate(deeds)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return outcomes
