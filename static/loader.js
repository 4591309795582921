// Starts the page's module. The names of its two files change with every build; Trunk writes them into index.html, so they
// are read there. Nothing here is inline, as the Content-Security-Policy wants it.
const linked = (rel) => document.querySelector(`link[rel="${rel}"]`).href;

// What index.html begins with is painted before the module takes the line and the processor; a tab in the background
// paints nothing.
const painted = new Promise((resolve) => {
  requestAnimationFrame(() => setTimeout(resolve));
  setTimeout(resolve, 100);
});

const { default: init } = await import(linked("modulepreload"));
await painted;
const wasm = await init({ module_or_path: linked("module") });
dispatchEvent(new CustomEvent("TrunkApplicationStarted", { detail: { wasm } }));
