// engine: program_error unsupported
// page: ok honest
async function setup() {
  {CANVAS}
  const memory = new WebAssembly.Memory({ initial: 1, maximum: 1, shared: true });
  const cell = new Int32Array(memory.buffer);
  try { Atomics.wait(cell, 0, 0); } catch {}
  try { await Atomics.waitAsync(cell, 0, 0).value; } catch {}
  {PETAL}
}
