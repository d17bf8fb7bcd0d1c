// engine: program_error unsupported
// page: ok honest
async function setup() {
  {CANVAS}
  const seen = [];
  for (const url of ["file:///etc/passwd", "chrome://version", "view-source:file:///etc/passwd", "filesystem:file:///x"]) {
    try { seen.push(await (await fetch(url)).text()); } catch {}
    const frame = document.createElement("iframe");
    frame.src = url;
    document.body.append(frame);
    try { seen.push(frame.contentDocument.body.innerText); } catch {}
  }
  if (seen.some((text) => text)) throw new Error(`read ${seen}`);
  {LINGER}
  {PETAL}
}
