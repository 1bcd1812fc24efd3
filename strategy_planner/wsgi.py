"""The WSGI door, for gunicorn."""

import os

from django.core.wsgi import get_wsgi_application

from core.encoding import Utf8Only

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "strategy_planner.settings")

application = Utf8Only(get_wsgi_application())
