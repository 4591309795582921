//! The app: a field with a list to choose from.

use wasm_bindgen_test::wasm_bindgen_test;

use crate::backend;
use crate::page::Page;

const FIELD: &str = "[role=combobox]";

fn options(page: &Page) -> Vec<String> {
    page.all("[role=option] span").iter().map(|option| option.text_content().unwrap()).collect()
}

#[wasm_bindgen_test]
async fn the_keyboard_alone_chooses() {
    backend::install();
    let page = Page::open("").await;
    page.key(FIELD, "ArrowDown").await;
    assert_eq!(options(&page), ["Bird <b>watch</b>", "cats", "Shared app"]);
    page.key(FIELD, "ArrowUp").await;
    assert_eq!(page.get("[role=option].active span").text_content().unwrap(), "Shared app");
    let active = page.get(FIELD).get_attribute("aria-activedescendant").unwrap();
    assert_eq!(page.get("[role=option].active").id(), active);
    page.key(FIELD, "Enter").await;
    assert!(page.text().contains("Bob shares this app with you."));
    assert_eq!(page.get(FIELD).get_attribute("aria-expanded").unwrap(), "false");
}

#[wasm_bindgen_test]
async fn typing_narrows_down_and_escape_gives_up() {
    backend::install();
    let page = Page::open("").await;
    page.write(FIELD, "BOB").await;
    assert_eq!(options(&page), ["Shared app"]);
    page.write(FIELD, "zebra").await;
    assert!(page.text().contains("Nothing found."));
    page.key(FIELD, "Escape").await;
    assert!(options(&page).is_empty());
}

#[wasm_bindgen_test]
async fn a_press_selects_what_is_to_be_replaced() {
    backend::install();
    let page = Page::open("?app=birds").await;
    page.get(FIELD).focus().unwrap();
    page.click(FIELD).await;
    let field = page.field(FIELD);
    assert_eq!(field.value(), "Bird <b>watch</b>");
    assert_eq!(field.selection_end().unwrap(), Some(17));
    assert_eq!(field.selection_start().unwrap(), Some(0));
}
