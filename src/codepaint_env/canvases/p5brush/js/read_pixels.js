// Reads the sketch's canvas. Runs in an isolated world: what a sketch did to its own globals is not seen here.
(() => {
  const canvas = document.getElementById('defaultCanvas0');
  if (!(canvas instanceof HTMLCanvasElement)) return { missing: 'canvas' };
  const gl = canvas.getContext('webgl2');
  if (!gl) return { missing: 'webgl' };
  if (gl.isContextLost()) return { missing: 'context' };
  const width = gl.drawingBufferWidth;
  const height = gl.drawingBufferHeight;
  if (width * height > 1024 * 1024) return { width, height, missing: 'size' };
  const pixels = new Uint8Array(width * height * 4);
  gl.bindFramebuffer(gl.FRAMEBUFFER, null);
  gl.readBuffer(gl.BACK);
  gl.bindBuffer(gl.PIXEL_PACK_BUFFER, null);
  for (const name of ['PACK_ROW_LENGTH', 'PACK_SKIP_PIXELS', 'PACK_SKIP_ROWS']) gl.pixelStorei(gl[name], 0);
  gl.pixelStorei(gl.PACK_ALIGNMENT, 4);
  gl.readPixels(0, 0, width, height, gl.RGBA, gl.UNSIGNED_BYTE, pixels);
  return { width, height, rgba: pixels.toBase64() };
})()
