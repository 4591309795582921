// Ticks and unticks random boxes, and leaves marks in the trace that tell when. What the page does with a click is over
// when nothing has come for as long as a pause takes.
const [clicks, seed] = arguments;
const PAUSE = 80;
const pause = () => new Promise((done) => setTimeout(done, PAUSE));

let state = seed;
const random = (below) => {
  // A linear congruential generator: any will do, as long as each run clicks the same boxes.
  state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
  return Math.floor((state / 2 ** 32) * below);
};

const isAnnouncement = ({ target }) => {
  const element = target.nodeType === Node.ELEMENT_NODE ? target : target.parentElement;
  return element?.closest("[role=status], [aria-live]");
};
const preview = document.querySelector("aside, [role=complementary]");
const observer = new MutationObserver((records) => {
  if (!records.every(isAnnouncement)) performance.mark("bench-changed");
});
observer.observe(preview, { subtree: true, childList: true, characterData: true, attributes: true });

return (async () => {
  const clicked = [];
  for (let i = 0; i < clicks; i += 1) {
    const boxes = document.querySelectorAll("input[name=operation]:not(:disabled)");
    const box = boxes[random(boxes.length)];
    clicked.push(box.value);
    await pause();
    performance.mark("bench-click");
    box.click();
    await pause();
    performance.mark("bench-over");
  }
  observer.disconnect();
  return clicked;
})();
