// engine: program_error unsupported
// page: program_error runtime
// races
async function setup() {
  {CANVAS}
  {PETAL}
  const meta = document.createElement("meta");
  meta.httpEquiv = "refresh";
  meta.content = "0; url=http://127.0.0.1:{TCP}/";
  document.head.append(meta);
  await new Promise(() => {});
}
