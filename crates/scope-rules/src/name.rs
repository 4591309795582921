//! Scope names: how they are spelt, read and shown.

use std::borrow::Cow;
use std::fmt::{self, Write};
use std::ops::Deref;
use std::sync::Arc;

/// The operation that stands for every operation a catalog offers.
pub const ALL: &str = "All";

/// Longest name that is read, in bytes; the longest real one has 62.
pub const MAX_NAME_BYTES: usize = 256;

/// One scope's spelling, shared between all that mention it.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "tsify", derive(tsify::Tsify), tsify(type = "string"))]
pub struct Name(Arc<str>);

impl Name {
    /// Reads an operation's name, normalising the spelling of the protobuf descriptors:
    /// `Inputs_Get` is read as `Inputs:Get`.
    ///
    /// # Errors
    ///
    /// [`NameError`] if the name is longer than [`MAX_NAME_BYTES`].
    ///
    /// ```
    /// use scope_rules::Name;
    /// assert_eq!(&*Name::operation("Inputs_Get")?, "Inputs:Get");
    /// assert_eq!(&*Name::operation("A_B_C")?, "A_B_C");
    /// # Ok::<(), scope_rules::NameError>(())
    /// ```
    pub fn operation(name: &str) -> Result<Self, NameError> {
        Self::endpoint(&normalise(name))
    }

    /// Reads an endpoint's name, to the letter.
    ///
    /// # Errors
    ///
    /// [`NameError`] if the name is longer than [`MAX_NAME_BYTES`].
    ///
    /// ```
    /// use scope_rules::Name;
    /// let name = Name::endpoint("/clarifai.api.V2/GetInput")?;
    /// assert_eq!(name.to_string(), "/clarifai.api.V2/GetInput");
    /// # Ok::<(), scope_rules::NameError>(())
    /// ```
    pub fn endpoint(name: &str) -> Result<Self, NameError> {
        NameError::check(name)?;
        Ok(Self(Arc::from(name)))
    }
}

impl Deref for Name {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl AsRef<str> for Name {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&*self.0, f)
    }
}

/// A name that is too long to be a scope's.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "the name that starts with {} has {bytes} bytes; at most {MAX_NAME_BYTES} are read",
    Quoted(start)
)]
pub struct NameError {
    start: String,
    bytes: usize,
}

impl NameError {
    /// Refuses a name that is too long.
    pub(crate) fn check(name: &str) -> Result<(), Self> {
        if name.len() <= MAX_NAME_BYTES {
            return Ok(());
        }
        let start = name.get(..name.floor_char_boundary(24)).unwrap_or_default();
        Err(Self { start: start.to_owned(), bytes: name.len() })
    }
}

/// A name that stands in no catalog as it is spelt.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{} is not in the catalog{}", Quoted(name), DidYouMean(suggestion.as_ref()))]
pub struct UnknownScope {
    name: String,
    suggestion: Option<Name>,
}

impl UnknownScope {
    pub(crate) fn new(name: &str, suggestion: Option<Name>) -> Self {
        Self { name: name.to_owned(), suggestion }
    }

    /// The name that was looked for.
    ///
    /// ```
    /// # let catalog: scope_rules::Catalog = include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/catalog.in"));
    /// assert_eq!(catalog.find_operation("inputs:get").unwrap_err().name(), "inputs:get");
    /// ```
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The nearest name that the catalog does have, if one is near.
    ///
    /// ```
    /// # let catalog: scope_rules::Catalog = include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/catalog.in"));
    /// let error = catalog.find_operation("inputs:get").unwrap_err();
    /// assert_eq!(error.suggestion().map(|name| &**name), Some("Inputs:Get"));
    /// ```
    #[must_use]
    pub fn suggestion(&self) -> Option<&Name> {
        self.suggestion.as_ref()
    }
}

/// `; did you mean …?`, or nothing.
pub(crate) struct DidYouMean<'a>(pub(crate) Option<&'a Name>);

impl fmt::Display for DidYouMean<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.map_or(Ok(()), |name| write!(f, "; did you mean `{name}`?"))
    }
}

/// A name in backticks as it may be shown to a person: characters that cannot be seen, or that
/// turn the direction of what follows, are written as escapes, and what is long is cut.
pub(crate) struct Quoted<'a>(pub(crate) &'a str);

impl fmt::Display for Quoted<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const SHOWN: usize = 80;
        f.write_str("`")?;
        for c in self.0.chars().take(SHOWN) {
            let unseen = c.is_control()
                || matches!(c, '\u{ad}' | '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}');
            if unseen {
                write!(f, "{}", c.escape_unicode())?;
            } else {
                f.write_char(c)?;
            }
        }
        f.write_str(if self.0.chars().nth(SHOWN).is_some() { "…`" } else { "`" })
    }
}

/// The product's spelling of an operation: a name without colon and with exactly one underscore,
/// with text on both sides, is read with a colon in its place; nothing else is changed.
pub(crate) fn normalise(name: &str) -> Cow<'_, str> {
    respelt(name).map_or(Cow::Borrowed(name), Cow::Owned)
}

/// The product's spelling, if it is another.
fn respelt(name: &str) -> Option<String> {
    let mut underscore = None;
    for (at, letter) in name.bytes().enumerate() {
        match letter {
            b':' => return None,
            b'_' if underscore.is_some() => return None,
            b'_' => underscore = Some(at),
            _ => {}
        }
    }
    let (resource, action) = name.split_at_checked(underscore?)?;
    let action = action.get(1..)?;
    (!resource.is_empty() && !action.is_empty()).then(|| [resource, ":", action].concat())
}

/// How much a name may differ from its suggestion: a third of its characters, three at most.
fn tolerance(name: &str) -> usize {
    (name.chars().count() / 3).clamp(1, 3)
}

/// The candidate nearest to `name`, if one is near: compared without regard to case and to white
/// space around it, by edit distance. An endpoint may also be named by its last part alone.
pub(crate) fn nearest(name: &str, candidates: &mut dyn Iterator<Item = &Name>) -> Option<Name> {
    if name.len() > MAX_NAME_BYTES {
        return None;
    }
    // The names of catalogs are ASCII: the cases of other letters are not worth their tables.
    let tail = |name: &str| crate::subject::rpc(name).to_ascii_lowercase();
    let wanted = tail(&normalise(name.trim_ascii()));
    let most = tolerance(&wanted);
    let mut best: Option<(usize, &Name)> = None;
    for candidate in candidates {
        let tail = tail(candidate);
        // A look-alike letter takes up to three bytes more than the letter it stands for.
        if tail.len().abs_diff(wanted.len()) > most * 4 {
            continue;
        }
        let found = (strsim::levenshtein(&tail, &wanted), candidate);
        if found.0 <= most && best.is_none_or(|best| found < best) {
            best = Some(found);
        }
    }
    best.map(|(_, candidate)| candidate.clone())
}

#[cfg(feature = "serde")]
impl serde::Serialize for Name {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self)
    }
}

#[cfg(feature = "serde")]
impl<'de> serde::Deserialize<'de> for Name {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let name = <Cow<'de, str> as serde::Deserialize>::deserialize(deserializer)?;
        Self::endpoint(&name).map_err(serde::de::Error::custom)
    }
}

/// Reads operations, in either spelling.
///
/// A [`Name`] alone is read to the letter, as it may be an endpoint's.
#[cfg(feature = "serde")]
pub(crate) fn operations<'de, D: serde::Deserializer<'de>>(
    deserializer: D,
) -> Result<Vec<Name>, D::Error> {
    let names = <Vec<Name> as serde::Deserialize>::deserialize(deserializer)?;
    names.iter().map(|name| Name::operation(name).map_err(serde::de::Error::custom)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_single_underscore_between_text_becomes_a_colon() {
        for (read, expected) in [
            ("Inputs_Get", "Inputs:Get"),
            ("Inputs:Get", "Inputs:Get"),
            ("inputs:get", "inputs:get"),
            (" Predict", " Predict"),
            ("A_B_C", "A_B_C"),
            ("_Get", "_Get"),
            ("Inputs_", "Inputs_"),
            ("_", "_"),
            ("A_B:C", "A_B:C"),
            ("", ""),
        ] {
            assert_eq!(normalise(read), expected, "{read:?}");
        }
    }

    #[test]
    fn a_megabyte_is_no_name() {
        let error = Name::operation(&"x".repeat(1 << 20)).unwrap_err();
        assert_eq!(
            error.to_string(),
            "the name that starts with `xxxxxxxxxxxxxxxxxxxxxxxx` has 1048576 bytes; at most 256 are read"
        );
    }

    #[test]
    fn near_matches_are_suggested() {
        let names: Vec<Name> =
            ["Inputs:Get", "Inputs:Add", "Predict", "/clarifai.api.V2/PostModelOutputs"]
                .map(|name| Name::endpoint(name).unwrap())
                .into();
        for (wanted, expected) in [
            ("inputs:get", Some("Inputs:Get")),
            (" Predict", Some("Predict")),
            ("Input:Get", Some("Inputs:Get")),
            ("\u{406}nputs:G\u{435}t", Some("Inputs:Get")),
            ("clarifai.api.V2/PostModelOutputs", Some("/clarifai.api.V2/PostModelOutputs")),
            ("PostModelOutput", Some("/clarifai.api.V2/PostModelOutputs")),
            ("Quux", None),
            ("", None),
        ] {
            assert_eq!(nearest(wanted, &mut names.iter()).as_deref(), expected, "{wanted:?}");
        }
    }

    #[test]
    fn what_cannot_be_seen_is_shown_as_an_escape() {
        let error = UnknownScope::new("a\u{202e}b\n", None);
        assert_eq!(error.to_string(), "`a\\u{202e}b\\u{a}` is not in the catalog");
    }
}
