"""The Celery application. Tasks are carried here; the database is the queue (docs/adr)."""

import os
from typing import Any

from celery import Celery
from celery.app.amqp import AMQP
from kombu import Connection

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "strategy_planner.settings")


class SteadyConnection(Connection):
    """Looks for a broker that is away every two seconds; kombu itself waits longer each time."""

    def ensure_connection(self, *args: Any, **options: Any) -> Any:
        steady = {"interval_start": 1, "interval_step": 1, "interval_max": 2}
        return super().ensure_connection(*args, **steady | options)


class SteadyAMQP(AMQP):
    """Makes such connections."""

    Connection = SteadyConnection


app = Celery("strategy_planner", amqp=SteadyAMQP)
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
