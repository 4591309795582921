//! The rules as WebAssembly, in Node and in a browser.
#![cfg(target_arch = "wasm32")]

use std::hint::black_box;

use rules_bench::{access, catalog, preview, spec};
use scope_rules::{Access, Catalog, Operations, consequences};
use wasm_bindgen_test::{Criterion, wasm_bindgen_bench};

#[wasm_bindgen_bench]
fn rules(criterion: &mut Criterion) {
    let catalog = catalog();
    for grant in ["nothing", "half", "all ticked", "everything", "invited"] {
        let access = access(&catalog, grant);
        criterion.bench_function(&format!("preview, {grant}"), |bencher| {
            bencher.iter(|| preview(black_box(&access)));
        });
    }
    let ticked = access(&catalog, "all ticked");
    criterion.bench_function("findings, all ticked", |bencher| {
        bencher.iter(|| black_box(&ticked).findings());
    });
    let mut grant = ticked.grant();
    if let Operations::Only(names) = &mut grant.operations {
        names.remove("Apps:Get");
    }
    let after = Access::new(&catalog, &grant, None);
    criterion.bench_function("consequences", |bencher| {
        bencher.iter(|| consequences(black_box(&ticked), black_box(&after)));
    });
    criterion.bench_function("access_new, all ticked", |bencher| {
        bencher.iter(|| Access::new(&catalog, black_box(&grant), None));
    });
    let spec = spec();
    criterion.bench_function("build", |bencher| {
        bencher.iter(|| Catalog::new(black_box(&spec).clone()));
    });
}
