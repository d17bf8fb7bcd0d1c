// engine: program_error unsupported
// page: ok
// races
async function setup() {
  {CANVAS}
  const picture = await loadImage("data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAQAAAAECAIAAAAmkwkpAAAAKUlEQVR4nAXBgQAAIAzDoNbN+/9XwoRUyqXcyqHsyqXcyqHsyqXcyqE8ZwgR8nvJlBQAAAAASUVORK5CYII=").catch(() => null);
  if (picture) image(picture, -256, -256, 512, 512);
  {PETAL}
}
