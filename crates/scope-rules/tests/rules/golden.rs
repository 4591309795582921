//! The golden matrix: telling grants by every endpoint, in one file that can be read.
//!
//! A change of the rules shows as its diff. When it is meant, write the file anew:
//!
//! ```sh
//! UPDATE_GOLDEN=1 cargo test -p scope-rules --test rules golden
//! ```

use std::fmt::Write;

use scope_rules::{
    Access, Catalog, Decision, Endpoints, Enforcement, Grant, KeyType, Operations, Rejection, Side,
};

use crate::plans::{enterprise, essential};
use crate::shorthand::{finding, grant, names, texts};

const FILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/golden/matrix.txt");
const PREFIX: &str = "/clarifai.api.V2/";

const LEGEND: &str = "\
.      allowed
~2k    redacted: the key lacks 2 of what the endpoint requires
x2k1i  rejected: the key lacks 2, the invite 1; b: both lack it, p: the plan does not offer it
*      beside one of these: works only in part without its conditional operation
K I B  rejected: the endpoint is not granted by the key, the invite, both
T      rejected: takes personal access tokens only
S      rejected: takes a signed-in person only
?      rejected: unknown
";

struct Column {
    title: &'static str,
    shows: &'static str,
    catalog: Catalog,
    key: Grant,
    invite: Option<Grant>,
}

impl Column {
    fn access(&self) -> Access {
        Access::new(&self.catalog, &self.key, self.invite.as_ref())
    }
}

/// What a job needs, by the endpoints that do it.
fn job(catalog: &Catalog, rpcs: &str) -> Grant {
    let endpoints: Vec<_> = rpcs.split(' ').map(|rpc| format!("{PREFIX}{rpc}")).collect();
    let least = catalog.least_operations(&names(&endpoints.join(" ")));
    assert!(least.out_of_reach.is_empty(), "{rpcs}");
    let mut operations = least.operations;
    operations.extend(least.conditional);
    Grant { operations: Operations::Only(catalog.closure(&operations)), endpoints: Endpoints::Any }
}

fn reads(catalog: &Catalog) -> Grant {
    let reads = catalog.operations().filter(|each| each.offered() && each.action() == "Get");
    grant(&texts(reads.map(|each| each.name())))
}

/// A grant in shorthand; endpoints without their package.
fn short(words: &str) -> Grant {
    let (operations, endpoints) = words.split_once('|').unwrap();
    let endpoints: Vec<_> =
        endpoints.split_whitespace().map(|rpc| format!("{PREFIX}{rpc}")).collect();
    grant(&format!("{operations} | {}", endpoints.join(" ")))
}

fn columns_of_enterprise() -> Vec<Column> {
    let (key, token) =
        (enterprise(KeyType::AppSpecificKey), enterprise(KeyType::PersonalAccessToken));
    let strict = key.with_enforcement(Enforcement::Strict);
    let column = |title, shows, catalog: &Catalog, key| Column {
        title,
        shows,
        catalog: catalog.clone(),
        key,
        invite: None,
    };
    let shared = |title, shows, key: Grant, invite| Column {
        invite: Some(invite),
        ..column(title, shows, &strict.with_enforcement(Enforcement::Graded), key)
    };
    let search = Grant {
        endpoints: short("| PostInputsSearches").endpoints,
        ..job(&key, "PostInputsSearches")
    };
    vec![
        column("predict", "predict only", &key, job(&key, "PostModelOutputs PostWorkflowResults")),
        column(
            "search",
            "search only, as documented: the operations, but one endpoint",
            &key,
            search,
        ),
        column("read", "read everything", &key, reads(&key)),
        column("label", "label data", &key, job(&key, "PostAnnotations PatchAnnotations")),
        column("train", "train models", &key, job(&key, "PostModels PostModelVersions")),
        column("all", "everything", &key, grant("All")),
        column("add", "`Inputs:Add` alone, without its prerequisite", &key, grant("Inputs:Add")),
        column("get", "`Inputs:Get` alone", &key, grant("Inputs:Get")),
        column("strict", "`Inputs:Get` alone, strict", &strict, grant("Inputs:Get")),
        column(
            "listed",
            "a few endpoints: redacted, in part, rejected, and for tokens only",
            &key,
            short(
                "Inputs:Get Search Concepts:Get Workflows:Get Models:Get Apps:Get Keys:Get Predict:Get | PostSearches ListModels GetInput PostInputs PostKeys",
            ),
        ),
        shared(
            "shared",
            "everything, on an app whose owner gave some",
            grant("All"),
            short(
                "Inputs:Get Inputs:Add Concepts:Get Apps:Get | GetInput ListInputs PostInputs ListConcepts PatchInputs GetConcept ListModels",
            ),
        ),
        shared(
            "apart",
            "the lists of key and invite have no endpoint in common",
            short("Inputs:Get | GetInput"),
            short("All | ListInputs"),
        ),
        column("token", "everything, as a personal access token", &token, grant("All")),
        column("keys", "a token that makes keys", &token, job(&token, "PostKeys")),
    ]
}

fn columns_of_essential() -> Vec<Column> {
    let catalog = essential(KeyType::AppSpecificKey);
    let column =
        |title, shows, key| Column { title, shows, catalog: catalog.clone(), key, invite: None };
    vec![
        column("predict", "predict only", job(&catalog, "PostModelOutputs")),
        column(
            "search",
            "search only, as documented: the operations, but one endpoint",
            Grant { endpoints: short("| PostSearches").endpoints, ..job(&catalog, "PostSearches") },
        ),
        column("read", "read everything", reads(&catalog)),
        column(
            "all",
            "everything: the plan lists three endpoints that need more than it offers",
            grant("All"),
        ),
        column("get", "`Inputs:Get` alone", grant("Inputs:Get")),
    ]
}

fn mark(decision: &Decision<'_>) -> String {
    let mut mark = match decision {
        Decision::Allowed { .. } => ".".to_owned(),
        Decision::Redacted { .. } => "~".to_owned(),
        Decision::Rejected(rejection) => match rejection {
            Rejection::UnknownEndpoint => "?",
            Rejection::NeedsPersonalAccessToken => "T",
            Rejection::NeedsSession => "S",
            Rejection::EndpointNotGranted(Side::Key) => "K",
            Rejection::EndpointNotGranted(Side::Invite) => "I",
            Rejection::EndpointNotGranted(Side::Both | Side::Plan) => "B",
            Rejection::MissingOperations(_) => "x",
        }
        .to_owned(),
    };
    let sides: Vec<_> = decision
        .missing()
        .into_iter()
        .flat_map(|missing| missing.iter())
        .map(|each| each.side)
        .collect();
    for (side, letter) in
        [(Side::Key, 'k'), (Side::Invite, 'i'), (Side::Both, 'b'), (Side::Plan, 'p')]
    {
        let count = sides.iter().filter(|each| **each == side).count();
        if count > 0 {
            write!(mark, "{count}{letter}").unwrap();
        }
    }
    if decision.caveats().is_some_and(|caveats| !caveats.is_empty()) {
        mark.push('*');
    }
    mark
}

fn spell(grant: &Grant) -> String {
    let operations = match &grant.operations {
        Operations::All => "All".to_owned(),
        Operations::Only(names) => texts(names),
    };
    match &grant.endpoints {
        Endpoints::Any => operations,
        Endpoints::Only(names) => format!("{operations} | {}", texts(names).replace(PREFIX, "")),
    }
}

fn matrix(title: &str, columns: &[Column]) -> String {
    let mut text = format!("{title}\n{}\n\n", "=".repeat(title.len()));
    let catalog = &columns[0].catalog;
    let accesses: Vec<_> = columns.iter().map(Column::access).collect();
    let rows: Vec<_> = catalog.endpoints().collect();
    let names = rows.iter().map(|endpoint| endpoint.rpc().len()).max().unwrap();
    let mut row = |first: &str, cells: &mut dyn Iterator<Item = String>| {
        let cells: String = cells.map(|cell| format!(" {cell:<7}")).collect();
        writeln!(text, "{}", format!("{first:<names$}{cells}").trim_end()).unwrap();
    };
    row("", &mut columns.iter().map(|column| column.title.to_owned()));
    for endpoint in &rows {
        row(
            endpoint.rpc(),
            &mut accesses.iter().map(|access| mark(&access.decide_name(endpoint.name()))),
        );
    }
    row("", &mut std::iter::empty());
    for (title, count) in [("allowed", 0), ("redacted", 1), ("rejected", 2)] {
        row(
            title,
            &mut accesses.iter().map(|access| {
                let counts = access.counts();
                [counts.allowed, counts.redacted, counts.rejected][count].to_string()
            }),
        );
    }

    text += "\nWhat the columns stand for: operations | endpoints\n";
    for (column, access) in columns.iter().zip(&accesses) {
        writeln!(text, "\n{}: {}", column.title, column.shows).unwrap();
        writeln!(text, "  key     {}", spell(&column.key)).unwrap();
        if let Some(invite) = &column.invite {
            writeln!(text, "  invite  {}", spell(invite)).unwrap();
        }
        writeln!(text, "  risk    {}", access.risk().as_str()).unwrap();
        for found in access.findings() {
            writeln!(
                text,
                "  {:<7} {}",
                found.severity().as_str(),
                finding(&found).replace(PREFIX, "")
            )
            .unwrap();
        }
    }

    text += "\nWhat the endpoints require: core | auxiliary | conditional\n\n";
    for endpoint in &rows {
        let name = |id| catalog.operation(id).unwrap().name();
        let core = texts(endpoint.core().map(name));
        let auxiliary = texts(endpoint.auxiliary().map(name));
        let conditional = texts(endpoint.conditional().map(name));
        let mut line = format!("{:<names$} {core} | {auxiliary} | {conditional}", endpoint.rpc());
        while line.ends_with([' ', '|']) {
            line.pop();
        }
        writeln!(text, "{line}").unwrap();
    }
    text
}

#[test]
fn the_golden_matrix_is_as_it_was() {
    let found = format!(
        "Telling grants by every endpoint. Written by a test: see tests/rules/golden.rs.\n\n{LEGEND}\n{}\n{}",
        matrix("clarifai-12.6.0", &columns_of_enterprise()),
        matrix("clarifai-docs-essential", &columns_of_essential()),
    );
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        std::fs::write(FILE, &found).unwrap();
    }
    let kept = std::fs::read_to_string(FILE).unwrap_or_default();
    let differing: Vec<_> = found
        .lines()
        .zip(kept.lines().chain(std::iter::repeat("")))
        .filter(|(found, kept)| found != kept)
        .take(20)
        .map(|(found, kept)| format!("- {kept}\n+ {found}\n"))
        .collect();
    assert!(
        found == kept,
        "the rules differ from tests/golden/matrix.txt; if they are meant to, run\n\
         UPDATE_GOLDEN=1 cargo test -p scope-rules --test rules golden\n\n{}",
        differing.concat()
    );
}
