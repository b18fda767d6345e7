"""A terminal news reader with annotations: read an article's own words, mark claims, export them."""
