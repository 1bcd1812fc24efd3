"""The WSGI door, for gunicorn."""

import gc
import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

from core.encoding import Utf8Only

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "strategy_planner.settings")

application = Utf8Only(get_wsgi_application())

# All views are loaded before the first request, and what is loaded by now stays as long as the
# process: the garbage collector need not look at it again in the middle of an answer.
_ = get_resolver().url_patterns
gc.collect()
gc.freeze()
