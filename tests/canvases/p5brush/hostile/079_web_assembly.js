// engine: program_error unsupported
// page: ok honest
async function setup() {
  {CANVAS}
  const bytes = new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0]);
  await WebAssembly.instantiate(bytes);
  new WebAssembly.Instance(new WebAssembly.Module(bytes));
  {PETAL}
}
