// engine: program_error unsupported
// page: ok honest
function setup() {
  {CANVAS}
  for (const go of [() => history.pushState({}, "", "#x"), () => (location.hash = "y"), () => history.replaceState(1, "")]) {
    try { go(); } catch {}
  }
  {PETAL}
}
