"""Tests of `qa.compare`."""
