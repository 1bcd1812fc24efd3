"""The settings of a test run: the program's own, in test mode, with a folder that goes away.

The database file of a run lies in that folder, so that two runs at once do not meet.
"""

import atexit
import os
import shutil
import tempfile

os.environ["MODE"] = "test"
if "VAR_DIR" not in os.environ:
    os.environ["VAR_DIR"] = tempfile.mkdtemp(prefix="planner-tests-")
    atexit.register(shutil.rmtree, os.environ["VAR_DIR"], ignore_errors=True)

from strategy_planner.settings import *
