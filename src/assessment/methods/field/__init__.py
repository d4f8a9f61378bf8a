"""Field statistics: what is read from a whole field of regions, one file each."""
