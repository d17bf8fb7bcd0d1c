// engine: program_error unsupported
// page: ok honest
async function setup() {
  {CANVAS}
  const urls = ["http://127.0.0.1:{TCP}/r", "http://[::1]:{TCP}/r"];
  const script = document.createElement("script");
  script.type = "speculationrules";
  script.textContent = JSON.stringify({ prerender: [{ urls, eagerness: "immediate" }], prefetch: [{ urls, eagerness: "immediate" }] });
  document.head.append(script);
  {LINGER}
  {PETAL}
}
