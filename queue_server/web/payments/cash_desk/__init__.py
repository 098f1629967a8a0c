"""The cash page: what kiosks ask, fees to take, waive and give back, what is not settled; without a counter."""
