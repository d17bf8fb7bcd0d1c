"""Web pages: the canvas `html`."""
