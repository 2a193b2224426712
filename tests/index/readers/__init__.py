"""Readers, one test file a format or concern."""
