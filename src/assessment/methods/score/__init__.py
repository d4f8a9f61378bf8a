"""Score maps: from a measure to a rate or to points, one file each."""
