"""The Celery application. Tasks are carried here; the database is the queue (docs/adr)."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "strategy_planner.settings")

app = Celery("strategy_planner")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
