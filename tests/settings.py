"""The settings of a test run: the program's own, in test mode, with a folder that goes away.

The database file of a run lies in that folder, so that two runs at once do not meet. With a
Redis given, each worker of the run takes a database of its own in it.
"""

import atexit
import os
import shutil
import tempfile
from urllib.parse import urlsplit

os.environ["MODE"] = "test"
if "VAR_DIR" not in os.environ:
    os.environ["VAR_DIR"] = tempfile.mkdtemp(prefix="planner-tests-")
    atexit.register(shutil.rmtree, os.environ["VAR_DIR"], ignore_errors=True)
if os.environ.get("REDIS_URL"):
    number = os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw")
    os.environ["REDIS_URL"] = urlsplit(os.environ["REDIS_URL"])._replace(path=f"/{number}").geturl()

from strategy_planner.settings import *

# Each test client loads the middleware anew: look for a static file when it is asked for, instead
# of listing all of them every time.
WHITENOISE_AUTOREFRESH = True

# WhiteNoise warns of a folder that is not there.
os.makedirs(os.path.join(os.environ["VAR_DIR"], "static"), exist_ok=True)
