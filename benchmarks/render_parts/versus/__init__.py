"""Two commits drawing the same programs in one interleaved run."""
