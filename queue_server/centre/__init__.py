"""The centres of this process: set-up, writer and feed of each, and what is asked of their day."""
