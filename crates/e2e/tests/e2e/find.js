// Finds elements as a person would name them: by role and accessible name, as far as the page uses them. Elements that
// are hidden, or behind a modal dialog, are not found. The test asks the browser itself whether it agrees on the name.
// Arguments: role, name (or null), whether a part of the name is enough, the element to look in (or null).
const [role, name, part, within] = arguments;

const NATIVE = {
  alert: "",
  alertdialog: "",
  button: "button, summary, input[type=submit], input[type=button]",
  checkbox: "input[type=checkbox]",
  code: "code",
  columnheader: "th",
  complementary: "aside",
  combobox: "select",
  date: "input[type=date]",
  dialog: "dialog",
  group: "fieldset, details",
  heading: "h1, h2, h3, h4, h5, h6",
  link: "a[href]",
  list: "ul, ol",
  listbox: "",
  listitem: "li",
  main: "main",
  option: "option",
  radio: "input[type=radio]",
  region: "section[aria-label], section[aria-labelledby]",
  row: "tr",
  searchbox: "input[type=search]",
  status: "output",
  tab: "",
  table: "table",
  textbox: "input:not([type]), input[type=text], textarea",
};

const tidy = (text) => text.replace(/\s+/g, " ").trim();

const text = (node) => {
  if (node.nodeType === Node.TEXT_NODE) return node.data;
  if (node.nodeType !== Node.ELEMENT_NODE) return "";
  if (node.hidden || node.getAttribute("aria-hidden") === "true" || node.tagName === "STYLE") return "";
  if (node.hasAttribute("aria-label")) return ` ${node.getAttribute("aria-label")} `;
  if (node.tagName === "INPUT" || node.tagName === "SELECT" || node.tagName === "TEXTAREA") return "";
  const inside = [...node.childNodes].map(text).join("");
  return getComputedStyle(node).display.startsWith("inline") ? inside : ` ${inside} `;
};

const label = (element) => {
  const ids = element.getAttribute("aria-labelledby");
  if (ids) {
    const home = element.getRootNode();
    return tidy(ids.split(/\s+/).map((id) => home.getElementById(id)).map((each) => (each ? text(each) : "")).join(" "));
  }
  const own = element.getAttribute("aria-label");
  if (own) return tidy(own);
  if (element.labels?.length) return tidy([...element.labels].map(text).join(" "));
  if (element.tagName === "FIELDSET") return tidy(text(element.querySelector("legend") ?? document.createTextNode("")));
  return tidy(text(element)) || element.getAttribute("placeholder") || element.getAttribute("title") || "";
};

// Elements of a shadow tree stand in the page like all others.
const all = (root, selector) => {
  const found = [...root.querySelectorAll(selector)];
  for (const host of root.querySelectorAll("*")) {
    if (host.shadowRoot) found.push(...all(host.shadowRoot, selector));
  }
  return found;
};

const modal = all(document, "dialog:modal").at(-1);
const root = within ?? modal ?? document;
const native = NATIVE[role] ? NATIVE[role].split(", ").map((each) => `${each}:not([role])`) : [];
const seen = (element) => element.checkVisibility({ visibilityProperty: true }) && !element.closest("[aria-hidden=true], [inert]");
const selector = [`[role~=${role}]`, ...native].join(", ");
const found = [...(modal?.matches(selector) && !within ? [modal] : []), ...all(root, selector)].filter(seen);
const wanted = (each) => name === null || (part ? each.includes(name) : each === name);
const labelled = found.map((element) => [element, label(element)]);
const hits = labelled.filter(([, each]) => wanted(each));
return hits.length ? { elements: hits.map(([element]) => element), names: hits.map(([, each]) => each) }
  : { elements: [], names: labelled.map(([, each]) => each) };
