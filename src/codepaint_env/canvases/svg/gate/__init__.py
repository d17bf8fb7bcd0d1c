"""The gate: an untrusted document is read, refused or cleaned, counted, and written anew."""
