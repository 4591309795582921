//! Check boxes show the state, and nothing else.

use wasm_bindgen_test::wasm_bindgen_test;

use crate::backend;
use crate::page::Page;

#[wasm_bindgen_test]
async fn a_box_whose_tick_changes_nothing_does_not_drift() {
    backend::install();
    // `All` is chosen: single boxes show that they are granted, and cannot be ticked.
    let page = Page::open("?scopes=All").await;
    let one = page.checkbox("Inputs:Get");
    assert!(one.checked() && one.disabled());
    // A script, or a browser's extension, may flip even what is disabled; the event finds it and puts it back.
    backend::script(
        "const box = document.querySelector(\"input[value='Inputs:Get']\"); box.disabled = false; box.name = 'nothing'; box.click()",
    );
    page.settle().await;
    assert!(one.checked(), "the box shows what is not so");
}

#[wasm_bindgen_test]
async fn the_second_press_of_a_double_click_makes_nothing() {
    backend::install();
    let page = Page::open("?app=birds&description=Mine&scopes=Inputs:Get,Apps:Get").await;
    let press = |times: u32| {
        backend::script(&format!(
            "document.querySelector('.panel [name=create]').dispatchEvent(new MouseEvent('click', {{bubbles: true, detail: {times}}}))"
        ));
    };
    press(2);
    page.settle().await;
    assert!(backend::calls("POST").is_empty());
    press(1);
    page.settle().await;
    assert_eq!(backend::calls("POST").len(), 1);
}

#[wasm_bindgen_test]
async fn rows_and_columns_sum_up_their_boxes() {
    backend::install();
    let page = Page::open("").await;
    let row: web_sys::HtmlInputElement =
        wasm_bindgen::JsCast::unchecked_into(page.get("input[name=row][value='1']"));
    let column: web_sys::HtmlInputElement =
        wasm_bindgen::JsCast::unchecked_into(page.get("input[name=column][value='0']"));
    page.tick("Inputs:Get").await;
    assert!(row.indeterminate() && !row.checked());
    assert!(column.indeterminate());
    row.click();
    page.settle().await;
    assert!(row.checked() && !row.indeterminate());
    assert!(page.checkbox("Inputs:Delete").checked());
    row.click();
    page.settle().await;
    assert!(!row.checked() && !page.checkbox("Inputs:Get").checked());
    column.click();
    page.settle().await;
    assert!(page.checkbox("Models:Get").checked() && !page.checkbox("Models:Train").checked());
}

#[wasm_bindgen_test]
async fn ticking_never_ticks_something_else() {
    backend::install();
    let page = Page::open("").await;
    page.tick("Inputs:Delete").await;
    let ticked = page.all("input[name=operation]:checked");
    assert_eq!(ticked.len(), 1);
    assert!(page.text().contains("Inputs:Delete does not work without Inputs:Add and Inputs:Get."));
    page.press("Add Inputs:Add and Inputs:Get").await;
    assert_eq!(page.all("input[name=operation]:checked").len(), 3);
    page.press("Undo").await;
    assert_eq!(page.all("input[name=operation]:checked").len(), 1);
    page.press("Redo").await;
    assert_eq!(page.all("input[name=operation]:checked").len(), 3);
}

#[wasm_bindgen_test]
async fn filters_and_tabs_lose_nothing() {
    backend::install();
    let page = Page::open("").await;
    page.tick("Models:Train").await;
    page.write("[name=find-scopes]", "inputs").await;
    assert!(page.find("input[value='Models:Train']").is_none());
    page.turn_to("endpoints").await;
    assert!(page.find("table.operations").is_none());
    page.turn_to("operations").await;
    page.write("[name=find-scopes]", "").await;
    assert!(page.checkbox("Models:Train").checked());
    page.click("[name=only]").await;
    assert_eq!(page.all("table.operations tbody tr").len(), 1);
}

#[wasm_bindgen_test]
async fn endpoints_first_lists_what_it_would_add() {
    backend::install();
    let page = Page::open("?endpoints=/test.V2/PostModelOutputs").await;
    page.turn_to("endpoints").await;
    page.press("Add the operations these need…").await;
    let listed: Vec<String> =
        page.all(".plan .names li").iter().map(|name| name.text_content().unwrap()).collect();
    assert_eq!(listed, ["Models:Get", "Predict"]);
    page.press("Add 2").await;
    assert!(page.text().contains("The endpoints ticked have all they need."));
    assert!(page.text().contains("2 of 7"));
}

#[wasm_bindgen_test]
async fn what_is_unticked_does_not_vanish_under_the_hand() {
    backend::install();
    let page = Page::open("?scopes=Inputs:Get,Models:Train").await;
    let rows = || page.all("table.operations tbody tr").len();
    page.click("[name=only]").await;
    assert_eq!(rows(), 2);
    page.tick("Models:Train").await;
    assert_eq!(rows(), 2);
    page.tick("Models:Train").await;
    assert!(page.checkbox("Models:Train").checked());
    page.tick("Models:Train").await;
    page.click("[name=only]").await;
    page.click("[name=only]").await;
    assert_eq!(rows(), 1);
}

#[wasm_bindgen_test]
async fn what_only_the_other_tab_has_is_a_press_away() {
    backend::install();
    let page = Page::open("?endpoints=/test.V2/GetInput").await;
    page.write("[name=find-scopes]", "PostModelOutputs").await;
    assert!(page.find("table.operations tbody tr").is_none());
    page.press("Show what is found under Endpoints (1)").await;
    assert_eq!(
        page.get("[role=tab][aria-selected=true]").get_attribute("value").unwrap(),
        "endpoints"
    );
    assert!(!page.checkbox("/test.V2/PostModelOutputs").checked());
    page.write("[name=find-scopes]", "Models:Train").await;
    page.press("Show what is found under Operations (1)").await;
    assert!(!page.checkbox("Models:Train").checked());
    page.write("[name=find-scopes]", "zebra").await;
    assert!(page.text().contains("Nothing found."));
    assert!(!page.text().contains("Show what is found"));
}

#[wasm_bindgen_test]
async fn what_is_found_among_the_endpoints_is_offered_where_they_can_be_ticked() {
    backend::install();
    let page = Page::open("").await;
    page.write("[name=find-scopes]", "PostModelOutputs").await;
    assert!(!page.text().contains("Show what is found under"));
    drop(page);
    let page = Page::open("?endpoints=/test.V2/GetInput").await;
    page.write("[name=find-scopes]", "PostModelOutputs").await;
    page.press("Show what is found under Endpoints (1)").await;
    assert!(page.get("[role=tabpanel]").text_content().unwrap().contains("PostModelOutputs"));
}

#[wasm_bindgen_test]
async fn undo_and_redo_keep_the_focus_when_there_is_nothing_more_to_walk() {
    backend::install();
    let page = Page::open("").await;
    let is_disabled = |name: &str| page.get(name).get_attribute("aria-disabled").is_some();
    assert!(is_disabled("[name=undo]") && is_disabled("[name=redo]"));
    page.tick("Inputs:Get").await;
    assert!(!is_disabled("[name=undo]"));
    page.get("[name=undo]").focus().unwrap();
    page.click("[name=undo]").await;
    assert!(is_disabled("[name=undo]") && !is_disabled("[name=redo]"));
    assert!(page.is_focused("[name=undo]"));
    page.click("[name=undo]").await;
    assert!(!page.checkbox("Inputs:Get").checked());
    page.click("[name=redo]").await;
    assert!(page.checkbox("Inputs:Get").checked());
}

#[wasm_bindgen_test]
async fn the_keyboard_undoes_but_not_in_a_field() {
    backend::install();
    let page = Page::open("").await;
    page.tick("Inputs:Get").await;
    page.control("[name=description]", "z").await;
    assert!(page.checkbox("Inputs:Get").checked());
    page.control("input[value='Inputs:Get']", "z").await;
    assert!(!page.checkbox("Inputs:Get").checked());
    page.control("input[value='Inputs:Get']", "y").await;
    assert!(page.checkbox("Inputs:Get").checked());
}
