// engine: program_error unsupported
// page: program_error runtime
// races
async function setup() {
  {CANVAS}
  for (const url of ["chrome://crash", "chrome://kill", "chrome://gpucrash", "chrome://gpuhang", "chrome://quit", "about:crash", "file:///"]) {
    try { location.href = url; } catch {}
    const frame = document.createElement("iframe");
    frame.src = url;
    document.body.append(frame);
  }
  {LINGER}
  {PETAL}
}
