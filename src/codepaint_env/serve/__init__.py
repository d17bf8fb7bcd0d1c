"""One server for many ranks: draws and scores over HTTP, by one fleet of workers."""
