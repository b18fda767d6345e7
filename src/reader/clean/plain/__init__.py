"""Plain text to its article, line by line and run by run: ``cleaner`` is the way in."""
