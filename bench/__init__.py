"""Measures `reader` beside its floor and its peers: ``python -m bench`` runs every table."""
