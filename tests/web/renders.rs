//! Rows that did not change are not rendered again.
//!
//! Rendering a check box always sets its `checked`, also to what it was, so counting that counts renders.

use wasm_bindgen_test::wasm_bindgen_test;

use crate::backend::{self, script};
use crate::page::Page;

#[wasm_bindgen_test]
async fn only_the_row_that_was_ticked_is_rendered_again() {
    backend::install();
    let page = Page::open("").await;
    script(
        "const own = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'checked');
         window.rendered = [];
         Object.defineProperty(HTMLInputElement.prototype, 'checked', {
             ...own,
             set(checked) { window.rendered.push(this.value); own.set.call(this, checked); },
         });
         window.restoreChecked = () => Object.defineProperty(HTMLInputElement.prototype, 'checked', own);",
    );
    page.tick("Inputs:Get").await;
    let rendered =
        script("window.restoreChecked(); return window.rendered.join(' ')").as_string().unwrap();
    assert!(rendered.contains("Inputs:Delete"), "{rendered}");
    assert!(!rendered.contains("Models:"), "{rendered}");
}
