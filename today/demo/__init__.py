"""The demo: an invented museum at work. Only ever made where ``settings.DEMO`` says so."""
