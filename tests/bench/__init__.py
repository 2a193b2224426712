"""Benches: figures on labelled data, with floors under them."""
