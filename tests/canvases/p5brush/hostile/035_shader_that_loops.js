// engine: program_error unsupported
// page: program_error work_limit
// races
function setup() {
  {CANVAS}
  const gl = drawingContext;
  const program = gl.createProgram();
  const sources = {
    VERTEX_SHADER: "#version 300 es\nvoid main() { gl_Position = vec4(float(gl_VertexID % 2) * 4. - 1., float(gl_VertexID / 2) * 4. - 1., 0, 1); }",
    FRAGMENT_SHADER: "#version 300 es\nprecision highp float; out vec4 c; uniform float k; void main() { float x = k; for (int i = 0; i < 2147483647; i++) x = sin(x) + k; c = vec4(x); }",
  };
  for (const [kind, source] of Object.entries(sources)) {
    const shader = gl.createShader(gl[kind]);
    gl.shaderSource(shader, source);
    gl.compileShader(shader);
    gl.attachShader(program, shader);
  }
  gl.linkProgram(program);
  gl.useProgram(program);
  for (let i = 0; i < 100; i++) gl.drawArrays(gl.TRIANGLES, 0, 3);
  gl.finish();
}
