//! The rules alone: what each question costs with the full catalog, and how that grows.

use divan::{Bencher, black_box};
use rules_bench::{CATALOG, access, catalog, grants, grown, offered, preview, spec};
use scope_rules::{
    Access, Catalog, Endpoints, Grant, KeyType, Name, Operations, Plan, consequences,
};

fn main() {
    divan::main();
}

const GRANTS: [&str; 6] = ["nothing", "reads", "half", "all ticked", "everything", "invited"];

/// One endpoint's decision.
#[divan::bench(args = GRANTS)]
fn decide(bencher: Bencher<'_, '_>, grant: &str) {
    let catalog = catalog();
    let access = access(&catalog, grant);
    let id = catalog.find_endpoint("/clarifai.api.V2/PostModelOutputs").unwrap();
    bencher.bench_local(|| black_box(&access).decide(black_box(id)).outcome());
}

/// Every endpoint's decision, with all its reasons.
#[divan::bench(name = "preview", args = GRANTS)]
fn whole_preview(bencher: Bencher<'_, '_>, grant: &str) {
    let access = access(&catalog(), grant);
    bencher.bench_local(|| preview(black_box(&access)));
}

/// All diagnostics.
#[divan::bench(args = GRANTS)]
fn findings(bencher: Bencher<'_, '_>, grant: &str) {
    let access = access(&catalog(), grant);
    bencher.bench_local(|| black_box(&access).findings());
}

/// Holding a grant against the catalog.
#[divan::bench(args = GRANTS)]
fn access_new(bencher: Bencher<'_, '_>, grant: &str) {
    let catalog = catalog();
    let grants = grants(&catalog);
    let (_, grant, invite) = grants.iter().find(|(name, ..)| *name == grant).unwrap();
    bencher.bench_local(|| Access::new(black_box(&catalog), black_box(grant), invite.as_ref()));
}

/// What unticking the operation changes that most endpoints require.
#[divan::bench(name = "consequences")]
fn consequences_of_a_toggle(bencher: Bencher<'_, '_>) {
    let before = access(&catalog(), "all ticked");
    let mut grant = before.grant();
    if let Operations::Only(names) = &mut grant.operations {
        names.remove("Apps:Get");
    }
    let after = Access::new(before.catalog(), &grant, None);
    bencher.bench_local(|| consequences(black_box(&before), black_box(&after)));
}

/// Building the full catalog.
#[divan::bench]
fn build(bencher: Bencher<'_, '_>) {
    bencher.with_inputs(spec).bench_local_values(Catalog::new);
}

/// Reading the full catalog from JSON, and building it.
#[divan::bench]
fn build_from_json(bencher: Bencher<'_, '_>) {
    bencher.bench_local(|| {
        let plan: Plan = serde_json::from_str(black_box(CATALOG)).unwrap();
        Catalog::new(plan.offer(KeyType::AppSpecificKey))
    });
}

/// Catalogs of so many operations and as many endpoints.
mod growth {
    use super::*;

    const SIZES: [usize; 5] = [100, 316, 1_000, 3_162, 10_000];

    /// Half of the operations, each without a prerequisite, so that most have a finding; to any
    /// endpoint, or to every second one.
    fn grant(catalog: &Catalog, restricted: bool) -> Grant {
        let (operations, endpoints) = offered(catalog);
        let half = operations.into_iter().filter(|name| name.ends_with('d') || name.ends_with('h'));
        let endpoints = endpoints.into_iter().step_by(2);
        Grant {
            operations: Operations::Only(half.collect()),
            endpoints: if restricted {
                Endpoints::Only(endpoints.collect())
            } else {
                Endpoints::Any
            },
        }
    }

    fn held(size: usize, restricted: bool) -> Access {
        let catalog = Catalog::new(grown(size)).unwrap();
        Access::new(&catalog, &grant(&catalog, restricted), None)
    }

    #[divan::bench(args = SIZES)]
    fn build(bencher: Bencher<'_, '_>, size: usize) {
        bencher.with_inputs(|| grown(size)).bench_local_values(Catalog::new);
    }

    #[divan::bench(args = SIZES)]
    fn access_new(bencher: Bencher<'_, '_>, size: usize) {
        let catalog = Catalog::new(grown(size)).unwrap();
        let grant = grant(&catalog, true);
        bencher.bench_local(|| Access::new(black_box(&catalog), black_box(&grant), None));
    }

    #[divan::bench(name = "preview", args = SIZES)]
    fn whole_preview(bencher: Bencher<'_, '_>, size: usize) {
        let access = held(size, false);
        bencher.bench_local(|| preview(black_box(&access)));
    }

    #[divan::bench(args = SIZES)]
    fn findings(bencher: Bencher<'_, '_>, size: usize) {
        let access = held(size, false);
        bencher.bench_local(|| black_box(&access).findings());
    }

    #[divan::bench(args = SIZES)]
    fn findings_of_ticked(bencher: Bencher<'_, '_>, size: usize) {
        let access = held(size, true);
        bencher.bench_local(|| black_box(&access).findings());
    }

    #[divan::bench(name = "consequences", args = SIZES)]
    fn consequences_of_a_toggle(bencher: Bencher<'_, '_>, size: usize) {
        let before = held(size, false);
        let mut grant = before.grant();
        if let Operations::Only(names) = &mut grant.operations {
            names.insert(Name::operation("Resource00001s:Delete").unwrap());
        }
        let after = Access::new(before.catalog(), &grant, None);
        bencher.bench_local(|| consequences(black_box(&before), black_box(&after)));
    }
}
