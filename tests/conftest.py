"""How generated cases are run: without a clock, since how quick the program is, the benchmarks tell."""

from hypothesis import settings

settings.register_profile("reader", deadline=None)
settings.load_profile("reader")
