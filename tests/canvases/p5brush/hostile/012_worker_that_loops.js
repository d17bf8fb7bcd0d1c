// engine: program_error unsupported
// page: ok honest
function setup() {
  for (const source of ["for (;;);", "setInterval(() => new Uint8Array(1e8).fill(1), 1)"]) {
    for (const kind of ["Worker", "SharedWorker"]) {
      try { new window[kind](URL.createObjectURL(new Blob([source]))); } catch {}
      try { new window[kind]("data:text/javascript," + source); } catch {}
    }
  }
  {CANVAS}
  {PETAL}
}
