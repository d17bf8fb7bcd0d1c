// engine: program_error unsupported
// page: ok honest
async function setup() {
  {CANVAS}
  for (const make of [
    () => new WebSocket("ws://127.0.0.1:{TCP}/"), () => new EventSource("http://127.0.0.1:{TCP}/e"),
    () => new WebTransport("https://127.0.0.1:{UDP}/"), () => new WebSocketStream("ws://[::1]:{TCP}/"),
  ]) {
    try { make(); } catch {}
  }
  {LINGER}
  {PETAL}
}
