"""What a centre offers: governments, services, journeys, promises, counters, hours.

Tables are the truth, TOML is their form outside.
"""
