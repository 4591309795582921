// What a person who uses the keyboard can tell of the element that has the focus: whether it is in the window with nothing
// in front of it, and whether something marks it.
let element = document.activeElement;
while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
if (!element || element === document.body) return { element: null };

const labels = [...(element.labels ?? [])];
const isSeen = (rect) => {
  const x = Math.min(Math.max((rect.left + rect.right) / 2, 0), innerWidth - 1);
  // Of something tall, any part will do.
  const y = Math.min(Math.max((rect.top + rect.bottom) / 2, Math.max(rect.top, 0) + 1), Math.min(rect.bottom, innerHeight) - 1);
  const front = element.getRootNode().elementFromPoint(x, y);
  return (
    rect.bottom > 0 && rect.top < innerHeight &&
    (element.contains(front) || labels.some((label) => label.contains(front)))
  );
};
// Text that goes over several lines is several boxes.
const seen = [...element.getClientRects()].some(isSeen);

const isMarked = (each) => {
  const style = getComputedStyle(each);
  return (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0) || style.boxShadow !== "none";
};
const marked = [element, element.parentElement, element.nextElementSibling, ...labels].some((each) => each && isMarked(each));
return { element, seen, marked };
