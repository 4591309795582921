//! What a new or changed key, or an invite, must be like.

use portal_api::Status;
use scope_rules::{Access, Catalog, Endpoints, Finding, Grant, Severity};

use crate::clock::parse_rfc3339;

/// The longest description, in characters.
pub(crate) const MAX_DESCRIPTION: usize = 100;

/// How many findings a refusal spells out.
const MAX_NAMED: usize = 10;

/// What is wrong with a member of a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Flaw {
    /// The member, as a path.
    pub(crate) field: String,
    /// What is wrong with it, and what to do.
    pub(crate) details: String,
}

impl Flaw {
    pub(crate) fn new(field: impl Into<String>, details: impl Into<String>) -> Self {
        Self { field: field.into(), details: details.into() }
    }

    /// The same flaw, seen from what the member belongs to.
    pub(crate) fn under(self, path: &str) -> Self {
        Self { field: format!("{path}.{}", self.field), ..self }
    }

    pub(crate) fn into_status(self, code: u32) -> Status {
        Status { code, details: Some(self.details), field: Some(self.field), ..Status::default() }
    }
}

/// Reads a description: 1 to 100 characters after trimming, none of which steers a display instead of being shown.
pub(crate) fn description(text: &str) -> Result<String, String> {
    let text = text.trim();
    if text.is_empty() {
        return Err("the description is empty; say what the key is for".to_owned());
    }
    if text.chars().nth(MAX_DESCRIPTION).is_some() {
        return Err(format!(
            "the description is too long; keep it to {MAX_DESCRIPTION} characters"
        ));
    }
    if text.chars().any(steers) {
        return Err(
            "the description has control characters, such as a line break or a change of text direction; remove \
                    them"
            .to_owned(),
        );
    }
    Ok(text.to_owned())
}

/// Control characters, line and paragraph separators, and what overrides the direction of text: with the last, a
/// description could be made to look like another.
fn steers(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{061c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Whether a life that ends then lasts longer than another. One that never ends outlasts all that do.
pub(crate) fn lasts_longer(end: Option<i64>, other: Option<i64>) -> bool {
    match (end, other) {
        (_, None) => false,
        (None, Some(_)) => true,
        (Some(end), Some(other)) => end > other,
    }
}

/// Reads the end of a key's life, which must be yet to come.
pub(crate) fn expiry(text: &str, now: i64) -> Result<i64, &'static str> {
    match parse_rfc3339(text) {
        None => Err("the expiry is not an RFC 3339 time, such as `2027-01-31T00:00:00Z`"),
        Some(end) if end <= now => Err("the expiry is not in the future"),
        Some(end) => Ok(end),
    }
}

/// Reads the two lists of a grant.
pub(crate) fn grant(
    scopes: &[impl AsRef<str>],
    endpoints: &[impl AsRef<str>],
) -> Result<Grant, Flaw> {
    Grant::parse(scopes, endpoints).map_err(|error| Flaw::new(error.what(), error.to_string()))
}

/// Checks a grant as the page does: one with a finding of severity error is no good to anybody.
pub(crate) fn check(catalog: &Catalog, grant: &Grant, invite: Option<&Grant>) -> Result<(), Flaw> {
    let findings = Access::new(catalog, grant, invite).findings();
    let errors: Vec<_> =
        findings.iter().filter(|each| each.code.severity() == Severity::Error).collect();
    let Some(worst) = errors.first() else { return Ok(()) };
    let mut named: Vec<_> = errors
        .iter()
        .take(MAX_NAMED)
        .map(|each| format!("{}: {each}", each.code.as_str()))
        .collect();
    if let Some(more) = errors.len().checked_sub(MAX_NAMED).filter(|more| *more > 0) {
        named.push(format!("and {more} more"));
    }
    Err(Flaw::new(member(worst, grant), named.join("; ")))
}

/// The member of a grant that a finding is about. A grant that is flawed as a whole needs other operations.
fn member(finding: &Finding, grant: &Grant) -> &'static str {
    match (&finding.about, &grant.endpoints) {
        (Some(about), Endpoints::Only(names)) if names.contains(about) => "endpoints",
        _ => "scopes",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_description_is_trimmed_and_counted_in_characters() {
        assert_eq!(description("  Mail gateway\n").unwrap(), "Mail gateway");
        assert_eq!(description(&"ü".repeat(100)).unwrap().chars().count(), 100);
        assert!(description(&"ü".repeat(101)).is_err());
        assert!(description(&"x".repeat(10_000)).is_err());
        assert!(description(" \t\u{3000}\n").is_err());
        assert_eq!(description("<b>bold</b> 👩‍🔬 عربي").unwrap(), "<b>bold</b> 👩‍🔬 عربي");
    }

    #[test]
    fn a_description_steers_no_display() {
        for c in [
            '\0', '\n', '\u{1b}', '\u{7f}', '\u{85}', '\u{202e}', '\u{2066}', '\u{200f}',
            '\u{2028}',
        ] {
            assert!(description(&format!("a{c}b")).is_err(), "{c:?}");
        }
    }

    #[test]
    fn an_expiry_is_in_the_future() {
        assert_eq!(expiry("1970-01-01T00:00:02+00:00", 1_000).unwrap(), 2_000);
        assert!(expiry("1970-01-01T00:00:01Z", 1_000).is_err());
        assert!(expiry("soon", 1_000).is_err());
    }

    #[test]
    fn a_life_that_never_ends_lasts_longest() {
        assert!(lasts_longer(None, Some(1)) && lasts_longer(Some(2), Some(1)));
        assert!(!lasts_longer(Some(1), Some(1)) && !lasts_longer(Some(1), Some(2)));
        assert!(!lasts_longer(None, None) && !lasts_longer(Some(1), None));
    }
}
