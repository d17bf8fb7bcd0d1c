"""A sealed Chromium for whole p5 pages."""
