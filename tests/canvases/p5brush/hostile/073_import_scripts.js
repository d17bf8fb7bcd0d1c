// engine: program_error runtime
// page: program_error runtime
importScripts("http://127.0.0.1:{TCP}/i.js");
