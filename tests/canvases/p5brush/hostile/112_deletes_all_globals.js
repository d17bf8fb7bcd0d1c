// engine: ok honest
// page: program_error runtime
function setup() {
  {CANVAS}
  {PETAL}
  for (const name of Object.getOwnPropertyNames(globalThis)) {
    if (!["setup", "draw"].includes(name)) try { delete globalThis[name]; } catch {}
  }
}
