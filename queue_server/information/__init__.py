"""What people are told before they come and while they wait: pages by topic, written by managers.

What the catalogue knows (fees, hours, stops) is named in them and filled in when they are read.
"""
