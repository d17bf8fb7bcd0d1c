// engine: program_error unsupported
// page: ok honest
function setup() {
  {CANVAS}
  const frame = document.createElement("iframe");
  frame.srcdoc = "<script>try { parent.Math.random = () => 1 } catch {}</script>";
  document.body.append(frame);
  const blank = document.createElement("iframe");
  document.body.append(blank);
  const clean = blank.contentWindow;
  const found = [];
  for (const name of ["Worker", "WebSocket", "RTCPeerConnection", "SharedArrayBuffer", "indexedDB"]) {
    try { if (clean[name]) found.push(name); } catch {}
  }
  try { if (clean.Date.now() > 1_700_000_100_000) found.push("time"); } catch {}
  if (found.length) throw new Error(`a frame has ${found}`);
  {PETAL}
}
