// Reads the list of endpoints below an element as a person does: each endpoint, what a call of it gets, and why.
// Folded parts have been unfolded, and what is shown on demand has been demanded.
const [list] = arguments;
return [...list.querySelectorAll("li")]
  .filter((row) => row.querySelector(".name .hidden"))
  .map((row) => {
    const name = row.querySelector(".name");
    return {
      endpoint: name.firstChild.data,
      outcome: name.querySelector(".hidden").textContent.trim(),
      reason: row.querySelector("small")?.textContent ?? "",
    };
  });
