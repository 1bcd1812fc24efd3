"""The Celery app of the fault tests: the program's own, with times and faults from the environment.

``FAULTS_LEASE`` and ``FAULTS_TICK`` shorten the lease and the pause between ticks, in seconds.
``FAULTS_BROKEN`` names a fault of ``tests.faults.broken``, with which a test must fail.
"""

import os
from datetime import timedelta

import django

django.setup()

# Django's models are there from here on.
from notifications import outbox
from strategy_planner.celery import app
from tests.faults import broken, world

__all__ = ["app", "world"]

if "FAULTS_TICK" in os.environ:
    for entry in app.conf.beat_schedule.values():
        entry["schedule"] = float(os.environ["FAULTS_TICK"])
if "FAULTS_LEASE" in os.environ:
    outbox.LEASE = timedelta(seconds=float(os.environ["FAULTS_LEASE"]))
broken.apply(os.environ.get("FAULTS_BROKEN", ""))
