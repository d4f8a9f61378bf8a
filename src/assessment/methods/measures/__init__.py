"""Measure functions: growth, change and other calculations on the values of one region, one file each."""
