// Whether an element that gets the focus can be seen: inside the window, and with nothing in front of it.
const [element] = arguments;
element.focus();
const { left, right, top, bottom } = element.getBoundingClientRect();
const [x, y] = [(left + right) / 2, (top + bottom) / 2];
if (x < 0 || y < 0 || x > innerWidth || y > innerHeight) return false;
const front = element.getRootNode().elementFromPoint(x, y);
return element.contains(front) || front?.contains(element) === true || [...(element.labels ?? [])].some((label) => label.contains(front));
