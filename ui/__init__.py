"""Doors for people and programs: the command line and the page. They draw and never think."""
