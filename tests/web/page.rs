//! The page in an element of its own, and what a person does with it.

use gloo_timers::future::TimeoutFuture;
use key_setup::{Mounted, Options, mount};
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{
    Element, Event, EventInit, HtmlElement, HtmlInputElement, KeyboardEvent, KeyboardEventInit,
};

use crate::backend;

/// The page, until it is dropped.
pub(crate) struct Page {
    root: Element,
    mounted: Option<Mounted>,
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
        let page = Self { mounted: Some(mount(root.clone(), options)), root };
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

    pub(crate) async fn tick(&self, value: &str) {
        self.checkbox(value).click();
        self.settle().await;
    }

    pub(crate) async fn write(&self, selector: &str, text: &str) {
        let input: HtmlInputElement = self.get(selector).unchecked_into();
        input.set_value(text);
        let init = EventInit::new();
        init.set_bubbles(true);
        input.dispatch_event(&Event::new_with_event_init_dict("input", &init).unwrap()).unwrap();
        self.settle().await;
    }

    pub(crate) async fn key(&self, selector: &str, key: &str) {
        let init = KeyboardEventInit::new();
        init.set_key(key);
        init.set_bubbles(true);
        init.set_cancelable(true);
        let event = KeyboardEvent::new_with_keyboard_event_init_dict("keydown", &init).unwrap();
        self.get(selector).dispatch_event(&event).unwrap();
        self.settle().await;
    }

    /// Takes the page away, and gives back the element that it was in.
    pub(crate) fn unmount(mut self) -> Element {
        self.mounted.take().unwrap().unmount();
        self.root.clone()
    }
}

impl Drop for Page {
    fn drop(&mut self) {
        if let Some(mounted) = self.mounted.take() {
            mounted.unmount();
        }
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
    let description: HtmlInputElement = page.get("input[type=text][required]").unchecked_into();
    assert_eq!(description.value(), "Nightly");
    assert!(page.text().contains("the expiry “soon”"));
    assert!(page.text().contains("Nope:Get is not offered"));
    page.press("Dismiss").await;
    assert!(!page.text().contains("the expiry “soon”"));
}

#[wasm_bindgen_test]
async fn an_unknown_app_in_a_link_is_reported() {
    backend::install();
    let page = Page::open("?app=nowhere").await;
    assert!(page.text().contains("The link names an app that you cannot use."));
}

#[wasm_bindgen_test]
async fn a_reload_keeps_the_draft() {
    backend::install();
    let options = || Options { storage_key: "test-draft".into(), ..Options::default() };
    let page = Page::with(options()).await;
    page.write("input[type=text][required]", "Kept").await;
    page.tick("Models:Train").await;
    drop(page);
    let page = Page::with(options()).await;
    let description: HtmlInputElement = page.get("input[type=text][required]").unchecked_into();
    assert_eq!(description.value(), "Kept");
    assert!(page.checkbox("Models:Train").checked());
    backend::script("sessionStorage.clear()");
}
