//! The page in an element of its own, and what a person does with it.

use std::cell::RefCell;

use gloo_timers::future::TimeoutFuture;
use key_setup::{Mounted, Options, mount};
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{
    Element, Event, EventInit, HtmlElement, HtmlInputElement, HtmlSelectElement, KeyboardEvent,
    KeyboardEventInit,
};

use crate::backend;

/// How many times 20 milliseconds something may take to be told.
const PATIENCE: usize = 500;

thread_local! {
    /// The pages that are there: what a test that fails leaves of them cannot be dropped.
    static OPEN: RefCell<Vec<(Element, Mounted)>> = RefCell::default();
}

/// Takes all pages away.
pub(crate) fn close_all() {
    for (root, mounted) in OPEN.take() {
        mounted.unmount();
        root.remove();
    }
}

/// The page, until it is dropped.
pub(crate) struct Page {
    root: Element,
}

impl Page {
    /// The page as it is for a link, with everything loaded.
    pub(crate) async fn open(link: &str) -> Self {
        Self::with(Options { link: link.to_owned().into(), ..Options::default() }).await
    }

    /// The page with options of one's own.
    pub(crate) async fn with(options: Options) -> Self {
        let document = web_sys::window().unwrap().document().unwrap();
        let root = document.create_element("div").unwrap();
        document.body().unwrap().append_child(&root).unwrap();
        let mounted = mount(root.clone(), options);
        OPEN.with(|open| open.borrow_mut().push((root.clone(), mounted)));
        let page = Self { root };
        page.settle().await;
        page
    }

    /// Waits until everything that is under way is done. Each turn of the event loop lets promises and drawing catch up.
    pub(crate) async fn settle(&self) {
        for _ in 0..8 {
            yew::scheduler::flush().await;
            TimeoutFuture::new(0).await;
        }
    }

    /// What a screen reader is told, as soon as that is something of which `fits` holds.
    pub(crate) async fn told(&self, fits: impl Fn(&str) -> bool) -> String {
        let mut told = String::new();
        for _ in 0..PATIENCE {
            told = self.get(".key-setup > [role=status].hidden").inner_text().trim().to_owned();
            if fits(&told) {
                return told;
            }
            TimeoutFuture::new(20).await;
        }
        panic!("only `{told}` is told");
    }

    pub(crate) fn find(&self, selector: &str) -> Option<HtmlElement> {
        self.root.query_selector(selector).unwrap().map(JsCast::unchecked_into)
    }

    pub(crate) fn get(&self, selector: &str) -> HtmlElement {
        self.find(selector).unwrap_or_else(|| panic!("no `{selector}` in {}", self.text()))
    }

    pub(crate) fn all(&self, selector: &str) -> Vec<HtmlElement> {
        let found = self.root.query_selector_all(selector).unwrap();
        (0..found.length()).map(|at| found.get(at).unwrap().unchecked_into()).collect()
    }

    /// The text of the whole page.
    pub(crate) fn text(&self) -> String {
        self.root.text_content().unwrap()
    }

    pub(crate) fn html(&self) -> String {
        self.root.inner_html()
    }

    pub(crate) fn checkbox(&self, value: &str) -> HtmlInputElement {
        self.get(&format!("input[value='{value}']")).unchecked_into()
    }

    /// The button that says a text.
    pub(crate) fn button(&self, text: &str) -> HtmlElement {
        let found = self
            .all("button")
            .into_iter()
            .find(|button| button.text_content().unwrap().trim() == text);
        found.unwrap_or_else(|| panic!("no button `{text}` in {}", self.text()))
    }

    pub(crate) async fn press(&self, text: &str) {
        self.button(text).click();
        self.settle().await;
    }

    /// Presses what a selector finds.
    pub(crate) async fn click(&self, selector: &str) {
        self.get(selector).click();
        self.settle().await;
    }

    pub(crate) async fn tick(&self, value: &str) {
        self.checkbox(value).click();
        self.settle().await;
    }

    /// Turns to the `operations` or the `endpoints`.
    pub(crate) async fn turn_to(&self, tab: &str) {
        self.click(&format!("[role=tab][value={tab}]")).await;
    }

    /// Presses a button of the key that is there from the beginning.
    pub(crate) async fn of_key(&self, action: &str) {
        self.click(&format!("[aria-label='{action}: First, …abcd']")).await;
    }

    pub(crate) fn field(&self, selector: &str) -> HtmlInputElement {
        self.get(selector).unchecked_into()
    }

    /// Chooses in a field, or ticks, as a person does.
    pub(crate) async fn choose(&self, selector: &str, value: &str) {
        let select: HtmlSelectElement = self.get(selector).unchecked_into();
        select.set_value(value);
        self.fire(selector, "change").await;
    }

    /// Lets something happen at an element.
    pub(crate) async fn fire(&self, selector: &str, event: &str) {
        let init = EventInit::new();
        init.set_bubbles(true);
        let event = Event::new_with_event_init_dict(event, &init).unwrap();
        self.get(selector).dispatch_event(&event).unwrap();
        self.settle().await;
    }

    /// Whether the focus is on what a selector finds.
    pub(crate) fn is_focused(&self, selector: &str) -> bool {
        let document = web_sys::window().unwrap().document().unwrap();
        document.active_element().as_ref() == Some(&*self.get(selector))
    }

    pub(crate) async fn write(&self, selector: &str, text: &str) {
        let input = self.field(selector);
        input.set_value(text);
        self.fire(selector, "input").await;
    }

    pub(crate) async fn key(&self, selector: &str, key: &str) {
        self.keyboard(selector, key, false).await;
    }

    /// Presses a key while the control key is held.
    pub(crate) async fn control(&self, selector: &str, key: &str) {
        self.keyboard(selector, key, true).await;
    }

    async fn keyboard(&self, selector: &str, key: &str, control: bool) {
        let init = KeyboardEventInit::new();
        init.set_key(key);
        init.set_ctrl_key(control);
        init.set_bubbles(true);
        init.set_cancelable(true);
        let event = KeyboardEvent::new_with_keyboard_event_init_dict("keydown", &init).unwrap();
        self.get(selector).dispatch_event(&event).unwrap();
        self.settle().await;
    }

    /// Takes the page away, and gives back the element that it was in.
    pub(crate) fn unmount(self) -> Element {
        self.close();
        self.root.clone()
    }

    fn close(&self) {
        let mounted = OPEN.with(|open| {
            let mut open = open.borrow_mut();
            let at = open.iter().position(|(root, _)| *root == self.root)?;
            Some(open.remove(at).1)
        });
        if let Some(mounted) = mounted {
            mounted.unmount();
        }
    }
}

impl Drop for Page {
    fn drop(&mut self) {
        self.close();
        self.root.remove();
    }
}

#[wasm_bindgen_test]
async fn two_pages_live_side_by_side_and_leave_nothing_behind() {
    backend::install();
    let one = Page::open("?app=birds").await;
    let two = Page::open("?app=birds").await;
    one.tick("Inputs:Get").await;
    assert!(one.checkbox("Inputs:Get").checked());
    assert!(!two.checkbox("Inputs:Get").checked());
    let ids: Vec<String> =
        one.all("[id]").iter().chain(&two.all("[id]")).map(|each| each.id()).collect();
    let mut distinct = ids.clone();
    distinct.sort();
    distinct.dedup();
    assert_eq!(ids.len(), distinct.len());
    let left = one.unmount();
    two.settle().await;
    assert_eq!(left.child_element_count(), 0);
    assert!(two.find("table.operations").is_some());
}

#[wasm_bindgen_test]
async fn names_are_text_and_never_markup() {
    backend::install();
    let page = Page::open("?app=birds").await;
    assert!(page.text().contains("Keys of Bird <b>watch</b>"));
    assert!(!page.html().contains("<b>watch</b>"));
}

#[wasm_bindgen_test]
async fn a_link_fills_in_the_form_and_says_what_it_cannot() {
    backend::install();
    let page =
        Page::open("?app=birds&description=Nightly&scopes=Inputs:Get,Nope:Get&expires=soon").await;
    assert!(page.checkbox("Inputs:Get").checked());
    assert_eq!(page.field("[name=description]").value(), "Nightly");
    assert!(page.text().contains("the expiry “soon”"));
    assert!(page.text().contains("Nope:Get does not exist, or is not offered"));
    page.press("Dismiss").await;
    assert!(!page.text().contains("the expiry “soon”"));
}

#[wasm_bindgen_test]
async fn an_unknown_app_in_a_link_is_reported() {
    backend::install();
    let page = Page::open("?app=nowhere").await;
    assert!(page.text().contains("You cannot use the app “nowhere”, or it is gone."));
}

/// The page that keeps its draft under a name, opened by a link.
pub(crate) async fn keeping(name: &'static str, link: &str) -> Page {
    let options =
        Options { link: link.to_owned().into(), storage_key: name.into(), ..Options::default() };
    Page::with(options).await
}

#[wasm_bindgen_test]
async fn a_reload_keeps_the_draft() {
    backend::install();
    let page = keeping("reload", "").await;
    page.write("[name=description]", "Kept").await;
    page.tick("Models:Train").await;
    drop(page);
    let page = keeping("reload", "").await;
    assert_eq!(page.field("[name=description]").value(), "Kept");
    assert!(page.checkbox("Models:Train").checked());
}

#[wasm_bindgen_test]
async fn a_reload_right_after_a_change_keeps_it() {
    backend::install();
    let page = keeping("quick", "").await;
    page.checkbox("Models:Train").click();
    yew::scheduler::flush().await;
    // What a browser does before it leaves a page; nothing of the page runs afterwards.
    let kept = backend::script(
        "window.dispatchEvent(new PageTransitionEvent('pagehide')); return sessionStorage.quick",
    );
    assert!(kept.as_string().unwrap_or_default().contains("Models:Train"), "{kept:?}");
}

#[wasm_bindgen_test]
async fn a_change_is_kept_once_it_has_come_to_rest() {
    backend::install();
    let page = keeping("rested", "").await;
    page.tick("Models:Train").await;
    let mut kept = String::new();
    for _ in 0..PATIENCE {
        kept = backend::script("return sessionStorage.rested").as_string().unwrap_or_default();
        if kept.contains("Models:Train") {
            return;
        }
        TimeoutFuture::new(20).await;
    }
    panic!("only `{kept}` is kept");
}

#[wasm_bindgen_test]
async fn looking_around_does_not_put_off_that_a_change_is_kept() {
    backend::install();
    let page = keeping("looking", "").await;
    page.tick("Models:Train").await;
    page.checkbox("Apps:Get").focus().unwrap();
    page.settle().await;
    let kept = backend::script("return sessionStorage.looking");
    assert!(kept.as_string().unwrap_or_default().contains("Models:Train"), "{kept:?}");
}

#[wasm_bindgen_test]
async fn a_link_is_kept_from_the_beginning() {
    backend::install();
    drop(keeping("linked", "?app=birds&description=Linked&scopes=Predict").await);
    let page = keeping("linked", "").await;
    assert_eq!(page.field("[name=description]").value(), "Linked");
    assert!(page.checkbox("Predict").checked());
    assert!(page.text().contains("Keys of Bird"));
}

#[wasm_bindgen_test]
async fn a_reload_keeps_what_is_edited_and_the_draft_behind_it() {
    backend::install();
    let page = keeping("edited", "?app=birds&description=Kept&scopes=Models:Train").await;
    page.of_key("Edit scopes").await;
    page.tick("Apps:Get").await;
    drop(page);
    let page = keeping("edited", "").await;
    assert!(page.text().contains("You are editing the scopes of “First”."));
    assert!(page.checkbox("Apps:Get").checked() && page.checkbox("Inputs:Get").checked());
    page.press("Save scopes").await;
    let saved = &backend::calls("PATCH")[0].body;
    assert!(saved.contains("key_1") && saved.contains("Apps:Get"), "{saved}");
    assert_eq!(page.field("[name=description]").value(), "Kept");
    assert!(page.checkbox("Models:Train").checked() && !page.checkbox("Apps:Get").checked());
}

#[wasm_bindgen_test]
async fn a_link_takes_the_place_of_what_was_kept_and_gives_it_back() {
    backend::install();
    let page = keeping("replaced", "").await;
    page.write("[name=description]", "Kept").await;
    page.tick("Models:Train").await;
    drop(page);

    let page = keeping("replaced", "?utm_source=mail&utm_campaign=x").await;
    assert_eq!(page.field("[name=description]").value(), "Kept");
    assert!(page.find("[role=alert].notice").is_none(), "{}", page.text());
    drop(page);

    let page = keeping("replaced", "?scopes=Predict").await;
    assert!(page.text().contains("What you had entered before is set aside."));
    assert!(page.checkbox("Predict").checked() && !page.checkbox("Models:Train").checked());
    page.press("Get it back").await;
    assert_eq!(page.field("[name=description]").value(), "Kept");
    assert!(page.checkbox("Models:Train").checked() && !page.checkbox("Predict").checked());
    // What the link filled in is not lost either.
    page.press("Get it back").await;
    assert!(page.checkbox("Predict").checked() && !page.checkbox("Models:Train").checked());
    page.press("Get it back").await;
    page.press("Dismiss").await;
    assert!(!page.text().contains("is set aside"));
    drop(page);

    let page = keeping("replaced", "").await;
    assert_eq!(page.field("[name=description]").value(), "Kept");
}

#[wasm_bindgen_test]
async fn a_link_may_name_endpoints_as_people_do() {
    backend::install();
    let page = Page::open("?scopes=Inputs:Get&endpoints=GetInput,Nowhere").await;
    assert_eq!(page.get("[role=tab][value=endpoints] small").inner_text(), "1 of 6");
    page.turn_to("endpoints").await;
    page.click("[name=only]").await;
    assert!(page.checkbox("/test.V2/GetInput").checked());
    assert!(page.text().contains("Nowhere does not exist, or is not offered"));
    page.press("Remove Nowhere").await;
    assert!(!page.text().contains("Nowhere"));
}

#[wasm_bindgen_test]
async fn an_endpoint_that_is_not_offered_can_be_removed_though_it_is_the_only_one() {
    backend::install();
    let page = Page::open("?scopes=Inputs:Get&endpoints=Nowhere").await;
    page.press("Remove Nowhere").await;
    assert!(page.text().contains("none is ticked"));
}

#[wasm_bindgen_test]
async fn a_day_of_a_link_that_is_past_is_reported() {
    backend::install();
    let page = Page::open("?expires=2020-01-01").await;
    assert!(page.get(".notice").inner_text().contains("the expiry “2020-01-01”"));
    assert_eq!(page.field("[name=date]").value(), "2020-01-01");
    let page = Page::open("?expires=date").await;
    assert!(page.find(".notice").is_none(), "a day that is still to be chosen is no fault");
}

#[wasm_bindgen_test]
async fn misspelt_parts_of_a_link_are_reported() {
    backend::install();
    let page = Page::open("?scope=Predict&desc=x&utm_source=mail").await;
    assert!(page.text().contains("the part “scope”, which is not known"));
    assert!(page.text().contains("the part “desc”, which is not known"));
    assert!(!page.text().contains("utm_source"));
}
