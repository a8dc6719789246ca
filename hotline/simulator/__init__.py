"""The outside world in demo mode and in tests: a strict telephone exchange, a telephone in the browser, a partner."""
