"""The forms of a page, by the name that the drivers know."""

from hotline.simulator.forms import Form, Page, read_page

__all__ = ["Form", "Page", "read_page"]
