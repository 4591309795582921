// Runs before anything of a new document: notes when the first box that can be ticked has been painted.
{
  const found = () => document.querySelector("input[type=checkbox]:not(:disabled)");
  const observer = new MutationObserver(() => {
    if (!found()) return;
    observer.disconnect();
    requestAnimationFrame(() => {
      // A message comes after the frame that is under way.
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => {
        window.benchUsable = performance.now();
      };
      port2.postMessage(null);
    });
  });
  observer.observe(document, { subtree: true, childList: true, attributes: true });
}
