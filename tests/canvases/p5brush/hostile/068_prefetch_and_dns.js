// engine: program_error unsupported
// page: ok honest
async function setup() {
  {CANVAS}
  for (const kind of ["prefetch", "preconnect", "dns-prefetch", "preload", "modulepreload", "prerender", "manifest", "icon", "stylesheet"]) {
    for (const host of ["127.0.0.1", "[::1]", "localhost", "hostile.example"]) {
      const link = document.createElement("link");
      link.rel = kind;
      link.as = "image";
      link.href = `http://${host}:{TCP}/${kind}`;
      document.head.append(link);
    }
  }
  {LINGER}
  {PETAL}
}
