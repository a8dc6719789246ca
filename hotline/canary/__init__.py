"""The canary: invented people who leave what must be nowhere, and a search of every store for it."""
