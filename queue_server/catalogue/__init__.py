"""What a centre offers: governments, services, journeys, promises, counters, hours.

Tables are what counts, TOML is their form outside; each version is kept as it was written.
"""
