"""The terminal interface: the only rooms that know textual and rich."""
