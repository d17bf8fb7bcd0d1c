// engine: program_error unsupported
// page: ok honest
async function setup() {
  {CANVAS}
  try { await navigator.serviceWorker.register("http://127.0.0.1:{TCP}/s.js"); } catch {}
  try { await navigator.serviceWorker.register("/s.js"); } catch {}
  {PETAL}
}
