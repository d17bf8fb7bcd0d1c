// engine: program_error unsupported
// page: ok honest
async function setup() {
  {CANVAS}
  try { window.close(); } catch {}
  try { window.stop(); } catch {}
  {LINGER}
  {PETAL}
}
