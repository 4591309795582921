//! A browser, and what a person does in it: looks for things by what they are and what they are called, presses, types,
//! and waits for what is to be seen. Nothing here sleeps for a fixed time.

use std::fmt::Write as _;
use std::path::PathBuf;
use std::time::Duration;

use data_encoding::BASE64;
use serde_json::{Value, json};

use crate::patience::wait;
use crate::webdriver::{Element, Engine, Refusal, Session};

/// How long something may take until it can be seen. Two busy cores are slow.
const PATIENCE: Duration = Duration::from_secs(20);

/// The keys of the WebDriver standard.
pub(crate) mod keys {
    pub(crate) const BACKSPACE: &str = "\u{e003}";
    pub(crate) const CONTROL: &str = "\u{e009}";
    pub(crate) const DOWN: &str = "\u{e015}";
    pub(crate) const ENTER: &str = "\u{e007}";
    pub(crate) const ESCAPE: &str = "\u{e00c}";
    pub(crate) const RIGHT: &str = "\u{e014}";
    pub(crate) const SHIFT: &str = "\u{e008}";
    pub(crate) const SPACE: &str = " ";
    pub(crate) const TAB: &str = "\u{e004}";
}

/// A browser with one window. When it goes, it fails the test if the console has said something unexpected.
#[derive(Debug)]
pub(crate) struct Browser {
    session: Session,
    engine: Engine,
    /// Parts of messages that the console may show.
    expected: Vec<String>,
}

impl Browser {
    /// Chromium, 1,280 pixels wide.
    pub(crate) fn start() -> Self {
        Self::started(Engine::Chromium)
    }

    /// Chromium, showing the page at an address.
    pub(crate) fn at(url: &str) -> Self {
        Self::of(Engine::Chromium, url)
    }

    /// A browser that shows the page at an address.
    pub(crate) fn of(engine: Engine, url: &str) -> Self {
        let browser = Self::started(engine);
        browser.open(url);
        browser
    }

    /// A browser, 1,280 pixels wide.
    pub(crate) fn started(engine: Engine) -> Self {
        let session = Session::start(engine);
        let browser = Self { session, engine, expected: Vec::new() };
        browser.session.post("window/rect", json!({"width": 1280, "height": 1000})).unwrap();
        if engine == Engine::Chromium {
            let permissions =
                json!({"permissions": ["clipboardReadWrite", "clipboardSanitizedWrite"]});
            browser.devtools("Browser.grantPermissions", permissions);
        }
        browser
    }

    /// Lets the console say what contains `part`, as when a test makes calls fail.
    pub(crate) fn expect_in_console(&mut self, part: &str) {
        self.expected.push(part.to_owned());
    }

    pub(crate) fn open(&self, url: &str) {
        self.session.post("url", json!({"url": url})).unwrap();
    }

    pub(crate) fn reload(&self) {
        self.session.post("refresh", json!({})).unwrap();
    }

    /// Goes back to the page before.
    pub(crate) fn back(&self) {
        self.session.post("back", json!({})).unwrap();
    }

    /// Opens a second tab at an address, and turns to it. Answers the tab to turn back to, and the new one. WebKit draws
    /// only the tab in front, which its driver does not change: there it is a second window.
    pub(crate) fn open_tab(&self, url: &str) -> (Value, Value) {
        let first = self.session.get("window").unwrap();
        let kind = if self.engine == Engine::WebKit { "window" } else { "tab" };
        let second =
            self.session.post("window/new", json!({"type": kind})).unwrap()["handle"].take();
        self.turn_to(&second);
        self.open(url);
        (first, second)
    }

    pub(crate) fn turn_to(&self, tab: &Value) {
        self.session.post("window", json!({"handle": tab})).unwrap();
    }

    pub(crate) fn devtools(&self, command: &str, parameters: Value) -> Value {
        self.session.devtools(command, parameters)
    }

    /// Prefers dark pages, or light ones.
    pub(crate) fn prefer(&self, scheme: &str) {
        let features = json!([{"name": "prefers-color-scheme", "value": scheme}, {"name": "prefers-reduced-motion", "value": "reduce"}]);
        self.devtools("Emulation.setEmulatedMedia", json!({"features": features}));
    }

    /// Makes the window as wide as a device.
    pub(crate) fn resize(&self, width: u32, height: u32) {
        let metrics =
            json!({"width": width, "height": height, "deviceScaleFactor": 1, "mobile": false});
        self.devtools("Emulation.setDeviceMetricsOverride", metrics);
    }

    /// Runs a script that is the body of a function.
    pub(crate) fn script(&self, script: &str, arguments: Value) -> Value {
        self.session
            .script(script, arguments)
            .unwrap_or_else(|Refusal(message)| panic!("{message}\nin {script}"))
    }

    /// Waits until something is so; `what` says it in the failure.
    pub(crate) fn until<T>(&self, what: &str, mut ready: impl FnMut() -> Option<T>) -> T {
        wait(PATIENCE, || ready().ok_or(()))
            .unwrap_or_else(|()| panic!("{what}: not within {} s.", PATIENCE.as_secs()))
    }

    /// All elements of a role whose name is `name`, or any if there is none; else the names there are.
    fn look(
        &self,
        role: &str,
        name: Option<&str>,
        part: bool,
        within: Option<&Element>,
    ) -> Result<Vec<Element>, Vec<String>> {
        let arguments = json!([role, name, part, within.map(Element::to_value)]);
        // The page may be changing under the script; then the next look tells.
        let Ok(found) = self.session.script(include_str!("find.js"), arguments) else {
            return Err(Vec::new());
        };
        let elements: Vec<_> =
            found["elements"].as_array().into_iter().flatten().filter_map(Element::read).collect();
        let names = found["names"]
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(Value::as_str)
            .map(str::to_owned);
        if elements.is_empty() { Err(names.collect()) } else { Ok(elements) }
    }

    fn wait_for(&self, role: &str, name: &str, part: bool, within: Option<&Element>) -> Element {
        wait(PATIENCE, || {
            let element = self
                .look(role, Some(name), part, within)
                .map(|mut elements| elements.swap_remove(0))
                .map_err(|names| format!("no {role} `{name}`; there are {names:?}"))?;
            self.agrees(&element, name, part).map_err(|own| {
                format!("the browser calls the {role} `{name}` by the name `{own}`")
            })?;
            Ok(element)
        })
        .unwrap_or_else(|why: String| panic!("{why}"))
    }

    /// Whether the browser computes the same name. Where it cannot be asked, the finder is believed.
    fn agrees(&self, element: &Element, name: &str, part: bool) -> Result<(), String> {
        let Ok(own) = self.session.of(element, "computedlabel") else { return Ok(()) };
        let own = own.as_str().unwrap_or_default().split_whitespace().collect::<Vec<_>>().join(" ");
        // WebKit adds the name of the button that empties a field to the field's own, and tells none of what is not in
        // the window and therefore not laid out.
        let is_webkit = self.engine == Engine::WebKit;
        if is_webkit && own.is_empty() {
            return Ok(());
        }
        let part = part || is_webkit;
        let same = if part { own.contains(name) } else { own == name };
        if same { Ok(()) } else { Err(own) }
    }

    /// The first element of that role and name.
    pub(crate) fn find(&self, role: &str, name: &str) -> Element {
        self.wait_for(role, name, false, None)
    }

    /// The first element of that role whose name contains `part`.
    pub(crate) fn find_like(&self, role: &str, part: &str) -> Element {
        self.wait_for(role, part, true, None)
    }

    /// The first such element inside another.
    pub(crate) fn find_in(&self, within: &Element, role: &str, name: &str) -> Element {
        self.wait_for(role, name, false, Some(within))
    }

    /// Whether there is such an element now.
    pub(crate) fn has(&self, role: &str, name: &str) -> bool {
        self.look(role, Some(name), false, None).is_ok()
    }

    /// Waits until there is no such element any more.
    pub(crate) fn gone(&self, role: &str, name: &str) {
        self.until(&format!("the {role} `{name}` goes"), || (!self.has(role, name)).then_some(()));
    }

    /// Clicks, once the element stands still: a driver finds out where it is, and clicks there a moment later. What is
    /// covered by something else cannot be clicked; that is tried again further up.
    pub(crate) fn click(&self, element: &Element) {
        self.scroll_to(element, "nearest");
        wait(Duration::from_secs(3), || {
            let clicked = self.session.to(element, "click", json!({}));
            clicked.inspect_err(|_| self.scroll_to(element, "center"))
        })
        .unwrap_or_else(|Refusal(message)| panic!("{message}"));
    }

    /// Scrolls to an element, and waits until it stands still.
    fn scroll_to(&self, element: &Element, block: &str) {
        let _ = self.session.script(include_str!("settle.js"), json!([element.to_value(), block]));
    }

    /// Presses the button of that name. Buttons come and go, so it is looked for again if it has just been replaced.
    pub(crate) fn press(&self, name: &str) {
        self.click(&self.find("button", name));
    }

    /// Types into an element.
    pub(crate) fn type_into(&self, element: &Element, text: &str) {
        self.session
            .to(element, "value", json!({"text": text}))
            .unwrap_or_else(|Refusal(message)| panic!("{message}"));
    }

    /// Empties a field, and types into it.
    pub(crate) fn fill(&self, element: &Element, text: &str) {
        let length = self.value(element).chars().count();
        self.type_into(
            element,
            &(format!("{}a{}", keys::CONTROL, keys::CONTROL) + keys::BACKSPACE),
        );
        if length > 0 {
            self.until("the field is empty", || self.value(element).is_empty().then_some(()));
        }
        if !text.is_empty() {
            self.type_into(element, text);
        }
    }

    /// Presses keys one after the other, wherever the focus is.
    pub(crate) fn keys(&self, pressed: &[&str]) {
        self.chord(&[], pressed);
    }

    /// Presses keys while others are held down.
    pub(crate) fn chord(&self, held: &[&str], pressed: &[&str]) {
        let key = |kind: &str, key: &str| json!({"type": kind, "value": key});
        let mut actions: Vec<Value> = held.iter().map(|each| key("keyDown", each)).collect();
        for each in pressed {
            actions.extend([key("keyDown", each), key("keyUp", each)]);
        }
        actions.extend(held.iter().map(|each| key("keyUp", each)));
        self.session
            .post(
                "actions",
                json!({"actions": [{"type": "key", "id": "keyboard", "actions": actions}]}),
            )
            .unwrap();
    }

    /// Moves the pointer over an element.
    pub(crate) fn hover(&self, element: &Element) {
        self.scroll_to(element, "center");
        let move_to = json!({"type": "pointerMove", "duration": 0, "origin": element.to_value(), "x": 0, "y": 0});
        self.session
            .post(
                "actions",
                json!({"actions": [{"type": "pointer", "id": "mouse", "actions": [move_to]}]}),
            )
            .unwrap();
    }

    /// The element that has the focus, also inside a shadow tree.
    pub(crate) fn focused(&self) -> Option<Element> {
        let script = "let at = document.activeElement; while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement; return at;";
        Element::read(&self.script(script, json!([])))
    }

    /// Whether an element that gets the focus can be seen: inside the window, and with nothing in front of it.
    pub(crate) fn is_in_view_when_focused(&self, element: &Element) -> bool {
        self.script(include_str!("in_view.js"), json!([element.to_value()])) == true
    }

    /// The role and the name of an element, as the browser tells them.
    pub(crate) fn called(&self, element: &Element) -> (String, String) {
        let ask =
            |what| self.session.of(element, what).unwrap().as_str().unwrap_or_default().to_owned();
        let is_list = self.property(element, "tagName") == "SELECT";
        // WebKit calls a list that unfolds a button.
        let role = if self.engine == Engine::WebKit && is_list {
            "combobox".to_owned()
        } else {
            ask("computedrole")
        };
        (role, ask("computedlabel").split_whitespace().collect::<Vec<_>>().join(" "))
    }

    /// What a field holds.
    pub(crate) fn value(&self, element: &Element) -> String {
        self.property(element, "value").as_str().unwrap_or_default().to_owned()
    }

    /// Waits until a field of that role and name holds a value.
    pub(crate) fn holds(&self, role: &str, name: &str, value: &str) {
        self.becomes(role, name, "value", &json!(value));
    }

    /// Waits until a box or radio button of that name is ticked.
    pub(crate) fn is_ticked(&self, role: &str, name: &str) {
        self.becomes(role, name, "checked", &json!(true));
    }

    fn becomes(&self, role: &str, name: &str, property: &str, wanted: &Value) {
        wait(PATIENCE, || {
            let found = self.property(&self.find(role, name), property);
            if found == *wanted { Ok(()) } else { Err(found) }
        })
        .unwrap_or_else(|found| {
            panic!("`{property}` of the {role} `{name}` is {found}, not {wanted}")
        });
    }

    pub(crate) fn checked(&self, element: &Element) -> bool {
        self.property(element, "checked") == true
    }

    pub(crate) fn property(&self, element: &Element, name: &str) -> Value {
        self.session
            .of(element, &format!("property/{name}"))
            .unwrap_or_else(|Refusal(message)| panic!("{message}"))
    }

    pub(crate) fn attribute(&self, element: &Element, name: &str) -> Option<String> {
        let value = self
            .session
            .of(element, &format!("attribute/{name}"))
            .unwrap_or_else(|Refusal(message)| panic!("{message}"));
        value.as_str().map(str::to_owned)
    }

    /// The text that an element shows.
    pub(crate) fn text_of(&self, element: &Element) -> String {
        let script = "return arguments[0].innerText";
        self.script(script, json!([element.to_value()])).as_str().unwrap_or_default().to_owned()
    }

    /// All text that the page shows, also inside shadow trees.
    pub(crate) fn text(&self) -> String {
        let script = "
            const text = (root) => [...root.querySelectorAll('*')].filter((each) => each.shadowRoot)
                .map((each) => [...each.shadowRoot.children].map((child) => child.innerText ?? '').join('\\n') + text(each.shadowRoot)).join('\\n');
            return (document.body?.innerText ?? '') + text(document);";
        self.session
            .script(script, json!([]))
            .ok()
            .and_then(|text| text.as_str().map(str::to_owned))
            .unwrap_or_default()
    }

    /// Waits until the page shows a text.
    pub(crate) fn sees(&self, text: &str) {
        self.until(&format!("`{text}` is shown"), || self.text().contains(text).then_some(()));
    }

    /// Waits until the page shows a text no longer.
    pub(crate) fn no_longer_sees(&self, text: &str) {
        self.until(&format!("`{text}` is gone"), || (!self.text().contains(text)).then_some(()));
    }

    /// Pastes what is in the clipboard, as a person does.
    pub(crate) fn paste(&self) {
        self.chord(&[keys::CONTROL], &["v"]);
    }

    /// What the console says, since it was last asked.
    pub(crate) fn console(&self) -> Vec<Value> {
        if self.engine != Engine::Chromium {
            return Vec::new();
        }
        let log = self.session.post("se/log", json!({"type": "browser"})).unwrap_or_default();
        log.as_array().cloned().unwrap_or_default()
    }

    /// A picture of the window, in `target/e2e`.
    pub(crate) fn picture(&self, name: &str) -> Option<PathBuf> {
        let image = self.session.get("screenshot").ok()?;
        let image = BASE64.decode(image.as_str()?.as_bytes()).ok()?;
        let file = folder().join(name.replace("::", "-") + ".png");
        std::fs::write(&file, image).ok()?;
        Some(file)
    }

    fn unexpected(&self) -> String {
        let mut unexpected = String::new();
        for entry in self.console() {
            let message = entry["message"].as_str().unwrap_or_default();
            let harmless = matches!(entry["level"].as_str(), Some("DEBUG" | "INFO"));
            if !harmless && !self.expected.iter().any(|part| message.contains(part)) {
                let _ = writeln!(unexpected, "{}: {message}", entry["level"]);
            }
        }
        unexpected
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        let name = std::thread::current().name().unwrap_or("test").to_owned();
        if std::thread::panicking() {
            let text = folder().join(name.replace("::", "-") + ".txt");
            let _ = std::fs::write(&text, self.text());
            eprintln!("what the page says is in {}", text.display());
            // WebKit without a screen may take minutes to find that it cannot draw.
            if let Some(file) =
                (self.engine != Engine::WebKit).then(|| self.picture(&name)).flatten()
            {
                eprintln!("a picture of it is in {}", file.display());
            }
            for entry in self.console() {
                eprintln!("console: {} {}", entry["level"], entry["message"]);
            }
            return;
        }
        let unexpected = self.unexpected();
        self.session.end();
        assert!(unexpected.is_empty(), "the console says:\n{unexpected}");
    }
}

/// Where pictures go: `target/e2e`.
fn folder() -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("../e2e");
    std::fs::create_dir_all(&folder).unwrap();
    folder
}
