"""Which sentences are likely to hold a claim, whose words they are, and how that can be told from the text.

Pure functions over a canonical text: nothing here knows a store or a terminal, and nothing here is stored.
What it finds are proposals for a person to take. The rules are data, in ``rules.toml``; they are for English.
"""
