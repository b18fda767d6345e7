"""Text as code points: canonical text, what may be drawn, where clusters, words and sentences end, and rows.

Pure functions and small classes over strings. Nothing here knows a file, a database or a terminal: the width
of a grapheme cluster in cells is handed in.
"""
