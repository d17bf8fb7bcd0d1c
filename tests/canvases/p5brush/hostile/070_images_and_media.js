// engine: program_error unsupported
// page: ok honest
async function setup() {
  {CANVAS}
  for (const kind of ["img", "video", "audio", "embed", "input", "script", "iframe", "track"]) {
    const element = document.createElement(kind);
    if (kind === "input") element.type = "image";
    element.src = `http://127.0.0.1:{TCP}/${kind}`;
    element.srcset = `http://127.0.0.1:{TCP}/set 1x`;
    document.body.append(element);
  }
  document.body.insertAdjacentHTML("beforeend", `<object data="http://127.0.0.1:{TCP}/o"></object>
    <svg><image href="http://127.0.0.1:{TCP}/s.png"/><use href="http://127.0.0.1:{TCP}/u.svg#x"/></svg>`);
  new Image().src = "http://[::1]:{TCP}/i";
  {LINGER}
  {PETAL}
}
