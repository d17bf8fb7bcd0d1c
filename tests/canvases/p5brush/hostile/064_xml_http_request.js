// engine: program_error unsupported
// page: ok honest
async function setup() {
  {CANVAS}
  for (const wait of [true, false]) {
    try {
      const request = new XMLHttpRequest();
      request.open("POST", "http://127.0.0.1:{TCP}/x", wait);
      request.send("data");
    } catch {}
  }
  {LINGER}
  {PETAL}
}
