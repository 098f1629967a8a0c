"""Debian packages of the programs: the locked wheels that each needs, and nothing else."""
