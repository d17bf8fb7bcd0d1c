// engine: program_error unsupported
// page: ok honest
// rounds: 3
function setup() {
  {CANVAS}
  const found = [];
  for (const look of [() => localStorage.mark, () => sessionStorage.mark, () => document.cookie, () => window.name]) {
    try { if (look()) found.push(String(look)); } catch {}
  }
  for (const leave of [
    () => (localStorage.mark = 1), () => (sessionStorage.mark = 1), () => (document.cookie = "mark=1"),
    () => (window.name = "mark"), () => indexedDB.open("mark"), () => caches.open("mark"),
    () => navigator.storage.getDirectory(),
  ]) {
    try { leave(); } catch {}
  }
  if (found.length) throw new Error(`left: ${found}`);
  {PETAL}
}
