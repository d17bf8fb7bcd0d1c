// engine: program_error work_limit
// page: program_error work_limit
Object.defineProperty(globalThis, "setup", {
  get() {
    for (;;);
  },
});
