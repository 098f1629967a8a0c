"""What counters, reception and managers see of what people bring."""
