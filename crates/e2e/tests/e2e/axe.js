// Runs axe-core on the whole page and answers the violations. Arguments: the options.
//
// A target that is cut off at the edge of what scrolls, or half behind what is sticky, looks too small to axe-core. So
// such a target is scrolled to, as a person would, and looked at once more.
const [options] = arguments;

const isFine = async (element) => {
  element.scrollIntoView({ block: "center" });
  const { violations } = await axe.run(element, { runOnly: { type: "rule", values: ["target-size"] } });
  return violations.length === 0;
};

const run = async () => {
  const { violations } = await axe.run(document, { ...options, elementRef: true });
  const faults = [];
  for (const { id, help, nodes } of violations) {
    const left = [];
    for (const { element, html, failureSummary } of nodes) {
      if (id !== "target-size" || !(await isFine(element))) left.push({ html, failureSummary });
    }
    if (left.length > 0) faults.push({ id, help, nodes: left });
  }
  scrollTo(0, 0);
  return faults;
};
return run();
