"""The WSGI door, for gunicorn."""

import gc
import logging
import os

from django.core.wsgi import get_wsgi_application
from django.db import DatabaseError, connection
from django.urls import get_resolver

from core.encoding import Utf8Only

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "strategy_planner.settings")

application = Utf8Only(get_wsgi_application())

from accounts.demo import refuse_demo_in_public  # noqa: E402  # the apps must be loaded

try:
    refuse_demo_in_public()
except DatabaseError as error:  # a worker process may begin while the database is away
    logging.getLogger(__name__).warning(
        "the database could not be asked for demo people: %s", error
    )
finally:
    connection.close()

# All views are loaded before the first request, and what is loaded by now stays as long as the
# process: the garbage collector need not look at it again in the middle of an answer.
_ = get_resolver().url_patterns
gc.collect()
gc.freeze()
