"""The demo: an invented museum at work. Only ever made where ``settings.DEMO_SIGN_INS`` says so."""
