// Ticks and unticks random boxes, and leaves marks in the trace that tell when. What the page does with a click is over
// when nothing has come for as long as a pause takes. A few further clicks are not for the trace: watching costs time.
// They show that the first frame after a click has all that it changes in the preview.
const [clicks, seed] = arguments;
const PAUSE = 40;
// By then the page has come to rest that has just been opened.
const OPENED = 1_000;
const pause = (time = PAUSE) => new Promise((done) => setTimeout(done, time));
const frame = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done)));

let state = seed;
const random = (below) => {
  // A linear congruential generator: any will do, as long as each run clicks the same boxes.
  state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
  return Math.floor((state / 2 ** 32) * below);
};
const next = () => {
  const boxes = document.querySelectorAll("input[name=operation]:not(:disabled)");
  return boxes[random(boxes.length)];
};

const isAnnouncement = ({ target }) => {
  const element = target.nodeType === Node.ELEMENT_NODE ? target : target.parentElement;
  return element?.closest("[role=status], [aria-live]");
};
const preview = document.querySelector("aside, [role=complementary]");

return (async () => {
  await pause(OPENED);
  const clicked = [];
  for (let i = 0; i < clicks; i += 1) {
    const box = next();
    clicked.push(box.value);
    await pause();
    performance.mark("bench-click");
    box.click();
    await pause();
    performance.mark("bench-over");
  }

  const changes = { inTime: 0, late: 0 };
  let when = "late";
  const count = (records) => {
    changes[when] += records.filter((record) => !isAnnouncement(record)).length;
  };
  const observer = new MutationObserver(count);
  const all = { subtree: true, childList: true, characterData: true, attributes: true };
  observer.observe(preview, all);
  for (let i = 0; i < clicks / 4; i += 1) {
    when = "inTime";
    next().click();
    await frame();
    count(observer.takeRecords());
    when = "late";
    await pause();
  }
  observer.disconnect();
  return { clicked, ...changes };
})();
