"""The web server's settings; gunicorn reads this file when it is started in this folder.

--bind is left to the command line. What each line is for: docs/running.md, “The web server”.
"""

import os

worker_class = "strategy_planner.web_worker.PatientWorker"
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
threads = 8
worker_connections = 500  # for each process, far below the 1,024 open files that are usual
keepalive = 10
control_socket_disable = True
# No header may say below which prefix the app stands: whoever asks would choose its addresses.
forwarder_headers = ""

accesslog = "-"
# No query and no Referer: both may hold what was typed.
access_log_format = '%(h)s "%(m)s %(U)s %(H)s" %(s)s %(b)s %(M)sms "%(a)s"'
logconfig_dict = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"()": "core.log_lines.LineFormatter"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"level": "INFO", "handlers": ["console"]},
    "loggers": {
        name: {"level": "INFO", "handlers": ["console"], "propagate": False}
        for name in ("gunicorn.error", "gunicorn.access")
    },
}
