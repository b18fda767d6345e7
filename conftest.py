"""What all tests share: none of them measures time, since a busy machine is no defect."""

from hypothesis import settings

settings.register_profile("reader", deadline=None)
settings.load_profile("reader")
