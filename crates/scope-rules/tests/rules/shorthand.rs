//! Catalogs, grants and answers in a line of text each, so that a table of them can be read.

use scope_rules::{
    Access, AuthType, Catalog, CatalogSpec, DecisionRecord, EndpointSpec, Endpoints, Enforcement,
    Finding, Fix, Grant, KeyType, Name, Names, OperationSpec, Operations, Side,
};

/// A catalog for app-specific keys, a scope a line: its name and what it depends on, before them
/// any of `withheld`, `deprecated`, `pat`, `session`, `noauth`, `other`. What begins with a slash
/// is an endpoint.
pub(crate) fn spec(lines: &str) -> CatalogSpec {
    let mut spec = CatalogSpec {
        name: "small".into(),
        key_type: KeyType::AppSpecificKey,
        enforcement: Enforcement::Graded,
        operations: vec![],
        endpoints: vec![],
    };
    for line in lines.lines().filter(|line| !line.trim().is_empty()) {
        let mut words = line.split_whitespace().peekable();
        let (mut offered, mut deprecated, mut auth) = (true, false, AuthType::Key);
        let name = loop {
            match words.next().unwrap() {
                "withheld" => offered = false,
                "deprecated" => deprecated = true,
                "pat" => auth = AuthType::PersonalAccessToken,
                "session" => auth = AuthType::Session,
                "noauth" => auth = AuthType::NoAuth,
                "other" => auth = AuthType::Other,
                name => break name.to_owned(),
            }
        };
        let needs = words.map(str::to_owned).collect();
        if name.starts_with('/') {
            let endpoint = EndpointSpec {
                name,
                requirements: needs,
                offered,
                deprecated,
                auth,
                ..Default::default()
            };
            spec.endpoints.push(endpoint);
        } else {
            let operation = OperationSpec {
                name,
                prerequisites: needs,
                offered,
                deprecated,
                ..Default::default()
            };
            spec.operations.push(operation);
        }
    }
    spec
}

pub(crate) fn catalog(lines: &str) -> Catalog {
    Catalog::new(spec(lines)).unwrap()
}

pub(crate) fn for_tokens(lines: &str) -> Catalog {
    Catalog::new(CatalogSpec { key_type: KeyType::PersonalAccessToken, ..spec(lines) }).unwrap()
}

pub(crate) fn names(words: &str) -> Names {
    words.split_whitespace().map(|word| Name::operation(word).unwrap()).collect()
}

pub(crate) fn texts<'a>(names: impl IntoIterator<Item = &'a Name>) -> String {
    names.into_iter().map(|name| &**name).collect::<Vec<_>>().join(" ")
}

/// `operations`, or `operations | endpoints`; nothing after the bar is the empty list.
pub(crate) fn grant(words: &str) -> Grant {
    let (operations, endpoints) = match words.split_once('|') {
        Some((operations, endpoints)) => (operations, Endpoints::Only(names(endpoints))),
        None => (words, Endpoints::Any),
    };
    let operations = match names(operations) {
        all if all.contains("All") => Operations::All,
        names => Operations::Only(names),
    };
    Grant { operations, endpoints }
}

pub(crate) fn access(catalog: &Catalog, key: &str) -> Access {
    Access::new(catalog, &grant(key), None)
}

pub(crate) fn invited(catalog: &Catalog, key: &str, invite: &str) -> Access {
    Access::new(catalog, &grant(key), Some(&grant(invite)))
}

/// A decision: `redacted missing-operations: Concepts:Get(key); in part without Predict`.
pub(crate) fn told(record: &DecisionRecord) -> String {
    let mut told = record.outcome.as_str().to_owned();
    if let Some(reason) = record.reason {
        told += &format!(" {}", reason.as_str());
    }
    if let Some(side) = record.side {
        told += &format!("({})", side.as_str());
    }
    if !record.missing.is_empty() {
        let sides = record.sides.iter().map(|side: &Side| side.as_str());
        let missing: Vec<_> = record
            .missing
            .iter()
            .zip(sides)
            .map(|(name, side)| format!("{name}({side})"))
            .collect();
        told += &format!(": {}", missing.join(" "));
    }
    if !record.caveats.is_empty() {
        told += &format!("; in part without {}", texts(&record.caveats));
    }
    told
}

pub(crate) fn decided(access: &Access, endpoint: &str) -> String {
    told(&access.decide_name(endpoint).to_record())
}

/// A fix: `+added -removed -/endpoint/removed`.
pub(crate) fn fix(fix: &Fix) -> String {
    let changes = fix.add_operations.iter().map(|name| format!("+{name}")).chain(
        fix.remove_operations.iter().chain(&fix.remove_endpoints).map(|name| format!("-{name}")),
    );
    changes.collect::<Vec<_>>().join(" ")
}

/// A finding: `missing-prerequisite Inputs:Add lacks Inputs:Get => +Inputs:Get`.
pub(crate) fn finding(finding: &Finding) -> String {
    let mut told = finding.code.as_str().to_owned();
    if let Some(about) = &finding.about {
        told += &format!(" {about}");
    }
    if !finding.lacks.is_empty() {
        told += &format!(" lacks {}", texts(&finding.lacks));
    }
    if finding.endpoints > 0 {
        told += &format!(" in {}", finding.endpoints);
    }
    if let Some(suggestion) = &finding.suggestion {
        told += &format!(", perhaps {suggestion}");
    }
    if let Some(change) = &finding.fix {
        told += &format!(" => {}", fix(change));
    }
    told
}

pub(crate) fn found(access: &Access) -> Vec<String> {
    access.findings().iter().map(finding).collect()
}
