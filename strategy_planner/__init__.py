"""The project package: settings, addresses, Celery. No domain code."""

from strategy_planner.celery import app as celery_app

__all__ = ["celery_app"]
