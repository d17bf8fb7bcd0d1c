"""Web pages: HTML documents that are drawn, audited and tried out in a sealed Chromium."""
