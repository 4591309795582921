//! What a person does on the page, step by step.

use serde_json::{Value, json};

use crate::browser::Browser;
use crate::webdriver::Element;

/// The apps of the demo data that the tests use.
pub(crate) const APP: (&str, &str) = ("parking-occupancy", "Parking occupancy");
pub(crate) const APP_WITH_KEYS: (&str, &str) = ("visual-search-shop", "Visual search for the shop");
pub(crate) const SHARED_APP: (&str, &str) = ("wildfire-lookout", "Wildfire lookout");

impl Browser {
    /// Waits until the page is ready for a choice.
    pub(crate) fn is_ready(&self) {
        self.find("checkbox", "Inputs:Add");
    }

    /// Waits until nothing is being loaded.
    pub(crate) fn is_at_rest(&self) {
        let script = "return document.querySelectorAll('[aria-busy=true]').length";
        self.until("nothing is being loaded", || {
            (self.script(script, json!([])) == 0).then_some(())
        });
    }

    pub(crate) fn choose_app(&self, name: &str) {
        let field = self.find("combobox", "App");
        self.is_at_rest();
        self.click(&field);
        self.type_into(&field, name.trim_end_matches('…'));
        self.click(&self.find_like("option", name));
        self.holds("combobox", "App", name);
        self.find("heading", &format!("Keys of {name}"));
    }

    pub(crate) fn describe(&self, text: &str) {
        self.fill(&self.find("textbox", "Description"), text);
    }

    /// Chooses when the key ends.
    pub(crate) fn expire(&self, choice: &str) {
        let field = self.find("combobox", "Expires");
        let script = "return [...arguments[0].options].find((each) => each.label === arguments[1])";
        let option = self.script(script, json!([field.to_value(), choice]));
        self.click(&Element::read(&option).expect("there is such a choice"));
    }

    /// Ticks an operation, or unticks it.
    pub(crate) fn tick(&self, name: &str) {
        let found = self.find("checkbox", name);
        let before = self.checked(&found);
        self.click(&found);
        self.until(&format!("the box `{name}` is flipped"), || {
            (self.checked(&found) != before).then_some(())
        });
    }

    /// Fills in a form that is free of warnings.
    pub(crate) fn fill_in(&self, app: &str, description: &str) {
        self.choose_app(app);
        self.describe(description);
        self.press("Predict only");
        self.until("the preset is chosen", || {
            let pressed = self.attribute(&self.find("button", "Predict only"), "aria-pressed");
            (pressed.as_deref() == Some("true")).then_some(())
        });
    }

    /// Presses a button of a key. Its name ends with the last four characters of the secret.
    pub(crate) fn press_of(&self, action: &str, key: &str) {
        self.click(&self.find_like("button", &format!("{action}: {key}, …")));
    }

    /// Creates what is filled in, and answers the dialog that shows the secret, and the secret.
    pub(crate) fn create(&self) -> (Element, String) {
        self.press("Create key");
        self.new_key()
    }

    /// The dialog that shows the secret, and the secret.
    pub(crate) fn new_key(&self) -> (Element, String) {
        let dialog = self.find("dialog", "Your new key");
        let secret = self.find_in(&dialog, "code", "Secret");
        let secret = self.until("the secret is shown", || {
            Some(self.text_of(&secret)).filter(|secret| secret.contains('_'))
        });
        (dialog, secret)
    }

    /// Says that the new key is stored, which closes its dialog.
    pub(crate) fn close_new_key(&self) {
        self.press("Done");
        self.press("Stored, close");
        self.gone("dialog", "Your new key");
    }

    /// Everything that the browser keeps of the page beyond this document.
    pub(crate) fn kept(&self) -> Value {
        let script = "return {session: {...sessionStorage}, local: {...localStorage}, cookies: document.cookie,
            url: location.href, history: history.state, name: window.name}";
        self.script(script, json!([]))
    }
}
