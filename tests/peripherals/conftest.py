"""Settings of the generated tests of this folder."""

from hypothesis import settings

# How long one example takes says more about the machine than about the code.
settings.register_profile("peripherals", deadline=None)
settings.load_profile("peripherals")
