// engine: program_error unsupported
// page: ok honest
async function setup() {
  {CANVAS}
  const style = document.createElement("style");
  style.textContent = `@import url(http://127.0.0.1:{TCP}/i.css);
    @font-face { font-family: x; src: url(http://127.0.0.1:{TCP}/x.woff2) }
    body { font-family: x; background: url(http://127.0.0.1:{TCP}/b.png); cursor: url(http://127.0.0.1:{TCP}/c.cur), auto }`;
  document.head.append(style);
  document.body.append("text");
  try { await new FontFace("y", "url(http://127.0.0.1:{TCP}/y.woff2)").load(); } catch {}
  {LINGER}
  {PETAL}
}
