"""How much of everything a scenario takes, in full and in short. No Django here."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Size:
    """How much of everything."""

    number: int
    seed: int
    lease: float  # seconds
    tick: float  # seconds
    pause: float  # seconds that something is away
    times: int  # how often it is killed, or away
    patience: float = 60  # seconds until the rest must be done


#: The size of each in full, and in short for the usual suite.
FULL = {
    "kill_webhook": Size(2_000, 1, 45, 5, 0, 40),
    "kill_smtp": Size(2_000, 1, 45, 5, 0, 40),
    "kill_in_app": Size(2_000, 1, 45, 5, 0, 40),
    "redis": Size(2_000, 1, 45, 5, 60, 5),
    "schedulers": Size(1_000, 1, 45, 5, 0, 0),
    "postgres": Size(2_000, 1, 45, 5, 3, 3),
    "sigterm": Size(2_000, 1, 45, 5, 0, 20),
    "races": Size(10_000, 1, 45, 5, 0, 0),
    "at_nine": Size(10_000, 1, 45, 5, 60, 0),
    "share": Size(50_000, 1, 45, 5, 0, 0),
    "finished_rows": Size(1_000_000, 1, 45, 5, 0, 0),
    "memory": Size(50_000, 1, 45, 5, 0, 0),
}
SHORT = {
    "kill_webhook": Size(100, 1, 2, 0.3, 0, 3, 40),
    "kill_smtp": Size(100, 1, 2, 0.3, 0, 3, 40),
    "kill_in_app": Size(150, 1, 2, 0.3, 0, 2, 40),
    "redis": Size(40, 1, 2, 0.3, 2, 1, 40),
    "schedulers": Size(40, 1, 2, 0.3, 57, 0, 40),
    "postgres": Size(150, 1, 2, 0.3, 1, 1, 40),
    "sigterm": Size(80, 1, 2, 0.3, 0, 1, 40),
    "races": Size(60, 1, 45, 5, 0, 0),
}
#: The faults with which a scenario must fail.
BROKEN = {
    "kill_webhook": ("webhook_id",),
    "kill_smtp": ("lease", "message_id"),
    "kill_in_app": ("two_transactions",),
    "redis": ("broker",),
    "schedulers": ("compare_and_swap",),
}
#: So many seconds show that it does.
BROKEN_PATIENCE = 8.0
