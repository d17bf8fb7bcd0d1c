// engine: program_error unsupported
// page: ok honest
async function setup() {
  {CANVAS}
  try { navigator.sendBeacon("http://127.0.0.1:{TCP}/b", "data"); } catch {}
  try { Navigator.prototype.sendBeacon.call(navigator, "http://127.0.0.1:{TCP}/b"); } catch {}
  const link = document.createElement("a");
  link.href = "#here";
  link.ping = "http://127.0.0.1:{TCP}/p";
  document.body.append(link);
  link.click();
  {LINGER}
  {PETAL}
}
