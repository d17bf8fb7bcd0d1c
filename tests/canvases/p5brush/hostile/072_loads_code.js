// engine: program_error unsupported
// page: ok honest
async function setup() {
  {CANVAS}
  try { await import("http://127.0.0.1:{TCP}/m.js"); } catch {}
  try { await import("data:text/javascript,globalThis.setup = null"); } catch {}
  const script = document.createElement("script");
  script.src = "http://127.0.0.1:{TCP}/s.js";
  document.head.append(script);
  {LINGER}
  {PETAL}
}
