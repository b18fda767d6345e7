"""The library file: the only floor that knows SQLite.

Nothing but frozen model objects comes out of it, and no error but those of `reader.errors`.
"""

from reader.store.annotations import Annotations
from reader.store.articles import Articles
from reader.store.connection import PATIENCE
from reader.store.history import History
from reader.store.library import Store, open_store

__all__ = [
    "PATIENCE",
    "Annotations",
    "Articles",
    "History",
    "Store",
    "open_store",
]
