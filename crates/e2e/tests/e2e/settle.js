// Scrolls to an element, and answers once it stands still: in the same place each time, for as long as a few frames take.
// Arguments: the element, and where in the window it is to be.
const [element, block] = arguments;
const FRAME = 16;
const STILL = 3;

element.scrollIntoView({ block, behavior: "instant" });
return new Promise((done) => {
  let [last, times] = ["", 0];
  const look = () => {
    const { x, y, width, height } = element.getBoundingClientRect();
    const place = [x, y, width, height].join(" ");
    times = place === last ? times + 1 : 0;
    last = place;
    if (times === STILL || !element.isConnected) done();
    else setTimeout(look, FRAME);
  };
  look();
});
