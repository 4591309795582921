// Starts the page's module. The names of its two files change with every build; Trunk writes them into the preloads of
// index.html, so they are read there. Nothing here is inline, as the Content-Security-Policy wants it.
const preloaded = (rel) => document.querySelector(`link[rel="${rel}"]`).href;

const { default: init } = await import(preloaded("modulepreload"));
const wasm = await init({ module_or_path: preloaded("preload") });
dispatchEvent(new CustomEvent("TrunkApplicationStarted", { detail: { wasm } }));
