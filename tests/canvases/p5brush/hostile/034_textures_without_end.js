// engine: program_error unsupported
// page: program_error memory_limit
// races
function setup() {
  {CANVAS}
  const gl = drawingContext;
  const data = new Uint8Array(2048 * 2048 * 4).fill(7);
  const kept = [];
  for (;;) {
    const texture = gl.createTexture();
    kept.push(texture);
    gl.bindTexture(gl.TEXTURE_2D, texture);
    gl.texImage2D(gl.TEXTURE_2D, 0, gl.RGBA, 2048, 2048, 0, gl.RGBA, gl.UNSIGNED_BYTE, data);
    gl.finish();
  }
}
