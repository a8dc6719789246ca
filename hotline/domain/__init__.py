"""The rules of reports and of the promise; pure, no clock, no I/O."""
