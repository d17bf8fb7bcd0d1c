// engine: program_error unsupported
// page: ok honest
async function setup() {
  {CANVAS}
  for (const url of ["http://127.0.0.1:{TCP}/f", "http://[::1]:{TCP}/f", "//127.0.0.1:{TCP}/f", "http://localhost:{TCP}/f"]) {
    try { await fetch(url, { mode: "no-cors", keepalive: true }); } catch {}
  }
  {LINGER}
  {PETAL}
}
