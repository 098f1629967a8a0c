"""The reception page: one person behind a desk who issues, finds, mends and prints tickets."""
