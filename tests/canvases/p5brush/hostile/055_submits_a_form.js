// engine: program_error unsupported
// page: ok honest
async function setup() {
  {CANVAS}
  const form = document.createElement("form");
  form.method = "post";
  form.action = "http://127.0.0.1:{TCP}/form";
  document.body.append(form);
  form.submit();
  {LINGER}
  {PETAL}
}
