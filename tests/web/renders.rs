//! Rows that did not change are not rendered again.
//!
//! Rendering a check box always sets its `checked`, also to what it was, so counting that counts renders.

use wasm_bindgen_test::wasm_bindgen_test;

use crate::backend::{self, script};
use crate::page::Page;

/// Which boxes are rendered while one is ticked, by their values.
async fn rendered_by_ticking(page: &Page, value: &str) -> String {
    script(
        "const own = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'checked');
         window.rendered = [];
         Object.defineProperty(HTMLInputElement.prototype, 'checked', {
             ...own,
             set(checked) { window.rendered.push(this.value); own.set.call(this, checked); },
         });
         window.restoreChecked = () => Object.defineProperty(HTMLInputElement.prototype, 'checked', own);",
    );
    page.tick(value).await;
    script("window.restoreChecked(); return window.rendered.join(' ')").as_string().unwrap()
}

#[wasm_bindgen_test]
async fn only_the_row_that_was_ticked_is_rendered_again() {
    backend::install();
    let page = Page::open("").await;
    let rendered = rendered_by_ticking(&page, "Inputs:Get").await;
    assert!(rendered.contains("Inputs:Delete"), "{rendered}");
    assert!(!rendered.contains("Models:"), "{rendered}");
}

#[wasm_bindgen_test]
async fn only_the_group_that_was_ticked_is_rendered_again() {
    backend::install();
    let page = Page::open("?endpoints=").await;
    page.turn_to("endpoints").await;
    for fold in page.all("[role=tabpanel] [name=fold][value^=group]") {
        fold.click();
    }
    page.settle().await;
    let rendered = rendered_by_ticking(&page, "/test.V2/GetInput").await;
    assert!(rendered.contains("PostInputs"), "{rendered}");
    assert!(!rendered.contains("GetModel"), "{rendered}");
}
