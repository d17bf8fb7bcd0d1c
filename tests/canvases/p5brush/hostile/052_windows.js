// engine: program_error unsupported
// page: ok honest
function setup() {
  {CANVAS}
  for (let i = 0; i < 50; i++) {
    try { window.open("http://127.0.0.1:{TCP}/", "_blank"); } catch {}
  }
  const link = document.createElement("a");
  link.href = "http://127.0.0.1:{TCP}/link";
  link.target = "_blank";
  document.body.append(link);
  link.click();
  try { window.print(); } catch {}
  {PETAL}
}
