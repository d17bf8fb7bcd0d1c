// engine: program_error never_finished
// page: ok honest
function setup() {
  {CANVAS}
  for (const name of ["finish", "done", "settle", "control", "outcome", "harness", "$wasm"]) {
    try { globalThis[name]?.("done"); } catch {}
  }
  for (const name of ["start", "step", "calls", "size", "stream", "told", "ended", "message"]) {
    try { $codepaint(name); } catch {}
  }
  {PETAL}
}
