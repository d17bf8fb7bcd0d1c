// engine: program_error unsupported
// page: program_error memory_limit
// races
function setup() {
  {CANVAS}
  const kept = [];
  for (;;) {
    const memory = new WebAssembly.Memory({ initial: 4096 });
    kept.push(new Uint8Array(memory.buffer).fill(1));
  }
}
