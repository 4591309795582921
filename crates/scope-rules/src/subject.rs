//! Which requirements of an endpoint are core and which auxiliary.
//!
//! The documentation says that a call is rejected if "a large portion of the response" needs a
//! missing scope, and redacted otherwise, and defines neither. The rule here is this project's
//! own decision. It is derived from the names alone, so that it also holds for endpoints that
//! nobody has seen yet; `docs/rules.md` tells it in full.

use crate::sort::{Key, by_name, find};

/// An exception to the rule, by the name of the rpc.
struct Override {
    rpc: &'static str,
    /// The subject's resource, instead of what the name says.
    subject: Option<&'static str>,
    /// Operations without which the endpoint works only in part.
    conditional: &'static [&'static str],
}

/// "For search to work properly it needs access to Predict": for searches by an image crop.
const OVERRIDES: &[Override] = &[
    Override { rpc: "PostSearches", subject: Some("Inputs"), conditional: &["Predict"] },
    Override { rpc: "PostInputsSearches", subject: None, conditional: &["Predict"] },
];

fn exception(rpc: &str) -> Option<&'static Override> {
    OVERRIDES.iter().find(|exception| exception.rpc == rpc)
}

/// The operations without which the rpc works only in part.
pub(crate) fn conditional(rpc: &str) -> &'static [&'static str] {
    exception(rpc).map_or(&[], |exception| exception.conditional)
}

/// The rpc's name: what follows the last slash.
pub(crate) fn rpc(endpoint: &str) -> &str {
    let slash = endpoint.bytes().rposition(|letter| letter == b'/');
    slash.and_then(|at| endpoint.get(at + 1..)).unwrap_or(endpoint)
}

/// The resource that an operation reads, if reading is what it allows.
fn read_resource(operation: &str) -> Option<&str> {
    operation.strip_suffix(":Get")
}

/// The resource that an operation is about; the whole name of a bare action.
pub(crate) fn resource_of(operation: &str) -> &str {
    operation.split_once(':').map_or(operation, |(resource, _)| resource)
}

/// A word in the singular: what it begins with, and whether a `y` ends it.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Word<'a>(&'a str, bool);

impl<'a> Word<'a> {
    fn singular(word: &'a str) -> Self {
        if let Some(stem) = word.strip_suffix("ies") {
            return Self(stem, true);
        }
        let word = word.strip_suffix('s').filter(|stem| !stem.ends_with('s')).unwrap_or(word);
        word.strip_suffix('y').map_or(Self(word, false), |stem| Self(stem, true))
    }

    fn push_to(self, text: &mut String) {
        text.push_str(self.0);
        if self.1 {
            text.push('y');
        }
    }
}

/// The words of a name, each in the singular: `TSNEVisualizations` is `TSNE`, `Visualization`.
///
/// A run of capitals is one word, but its last letter begins the next word if a small letter
/// follows; digits stay with the word before.
#[derive(Debug, Default)]
pub(crate) struct Words<'a>(Vec<Word<'a>>);

impl<'a> Words<'a> {
    fn of(name: &'a str) -> Self {
        let mut words = Vec::new();
        let mut add = |word: Option<&'a str>| {
            if let Some(word) = word.filter(|word| !word.is_empty()) {
                words.push(Word::singular(word));
            }
        };
        let letters = name.as_bytes();
        let (mut start, mut capital_before) = (0, false);
        for (at, letter) in letters.iter().enumerate() {
            let capital = letter.is_ascii_uppercase();
            let small_after = letters.get(at + 1).is_some_and(u8::is_ascii_lowercase);
            if at > 0 && capital && (!capital_before || small_after) {
                add(name.get(start..at));
                start = at;
            }
            capital_before = capital;
        }
        add(name.get(start..));
        Self(words)
    }

    /// The words of what an operation is about.
    pub(crate) fn of_operation(name: &'a str) -> Self {
        Self::of(read_resource(name).unwrap_or(resource_of(name)))
    }
}

/// The words one after the other.
fn text(words: &[Word<'_>]) -> String {
    let mut text = String::new();
    for word in words {
        word.push_to(&mut text);
        text.push(' ');
    }
    text
}

/// What an rpc is about, told from its name.
#[derive(Debug)]
pub(crate) struct Subjects<'a> {
    words: Words<'a>,
    instead: Option<&'static str>,
}

impl<'a> Subjects<'a> {
    pub(crate) fn of(rpc: &'a str) -> Self {
        let instead = exception(rpc).and_then(|exception| exception.subject);
        let mut words = Words::of(rpc);
        // The first word is the verb.
        if !words.0.is_empty() {
            words.0.remove(0);
        }
        Self { words, instead }
    }

    /// Where the resource's words stand as one contiguous run; nothing if it is no subject.
    fn position(&self, resource: &str, Words(words): &Words<'_>) -> Option<usize> {
        match self.instead {
            Some(subject) => (subject == resource).then_some(0),
            None if words.is_empty() => None,
            None => self.words.0.windows(words.len()).position(|run| run == words),
        }
    }

    /// How well the resource names what the rpc is about, the least being the best: where its
    /// words begin, the longer run first. Nothing if they do not stand there.
    fn rank(&self, resource: &str, words: &Words<'_>) -> Option<(usize, usize)> {
        Some((self.position(resource, words)?, usize::MAX - words.0.len()))
    }
}

/// The resources that there are, by their words.
#[derive(Debug)]
pub(crate) struct Resources<'a> {
    /// The words of each operation's resource as text, with the operation's place.
    texts: Vec<Key<'a>>,
}

/// The texts that [`Resources`] are looked up by.
pub(crate) fn texts(words: &[Words<'_>]) -> Vec<String> {
    let mut texts = Vec::with_capacity(words.len());
    for words in words {
        texts.push(text(&words.0));
    }
    texts
}

impl<'a> Resources<'a> {
    pub(crate) fn new(texts: &'a [String]) -> Self {
        Self { texts: by_name(&mut texts.iter().map(|text| &**text)) }
    }

    /// The place of the first operation whose resource ranks best among the words.
    fn best(&self, Words(words): &Words<'_>) -> Option<usize> {
        for start in 0..words.len() {
            for end in (start + 1..=words.len()).rev() {
                let run = text(words.get(start..end)?);
                if let Some(key) = find(&self.texts, &run).and_then(|at| self.texts.get(at)) {
                    return Some(key.place);
                }
            }
        }
        None
    }
}

/// The resource that an rpc is about, to be its heading: one of its requirements, else one of all
/// `operations`, else what the rpc's own words say.
pub(crate) fn heading(
    rpc: &str,
    subjects: &Subjects<'_>,
    requirements: &[(&str, &Words<'_>)],
    resources: &Resources<'_>,
    operations: &[Key<'_>],
) -> String {
    let mut best = None;
    for (name, words) in requirements {
        let resource = resource_of(name);
        let rank = subjects.rank(resource, words).map(|rank| (rank, resource));
        if rank.is_some() && (best.is_none() || rank < best) {
            best = rank;
        }
    }
    if let Some((_, resource)) = best {
        return resource.to_owned();
    }
    let found = match subjects.instead {
        Some(subject) => resources.best(&Words::of(subject)),
        None => resources.best(&subjects.words),
    };
    if let Some(operation) = found.and_then(|place| operations.get(place)) {
        return resource_of(operation.name).to_owned();
    }
    let mut title = String::new();
    match subjects.words.0.first() {
        Some(word) => word.push_to(&mut title),
        None => title.push_str(rpc),
    }
    // The rule for the singular makes `Searche` of `Searches`: people read this one.
    if title.ends_with("earche") {
        title.pop();
    }
    title
}

/// Which of an endpoint's requirements are core, in the order of `requirements`.
pub(crate) fn core(subjects: &Subjects<'_>, requirements: &[(&str, &Words<'_>)]) -> Vec<bool> {
    let mut core = Vec::with_capacity(requirements.len());
    let mut subject_is_read = false;
    for (name, words) in requirements {
        // An effect cannot be redacted: whatever does not read is core.
        core.push(read_resource(name).is_none_or(|resource| {
            let is_subject = subjects.position(resource, words).is_some();
            subject_is_read |= is_subject;
            is_subject
        }));
    }
    if !subject_is_read {
        for ((name, _), core) in requirements.iter().zip(&mut core) {
            *core |= *name != "Apps:Get";
        }
        if !core.contains(&true) {
            core.fill(true);
        }
    }
    core
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_split_into_singular_words() {
        for (name, expected) in [
            ("GetDatasetInput", "Get Dataset Input"),
            ("ListAnnotationTracks", "List Annotation Track"),
            ("TSNEVisualizations", "TSNE Visualization"),
            ("PostSearchesByID", "Post Searche By ID"),
            ("PasswordPolicies", "Password Policy"),
            ("GetV2Thing", "Get V2 Thing"),
            ("ListAccess", "List Access"),
            ("lower", "lower"),
            ("", ""),
        ] {
            assert_eq!(text(&Words::of(name).0).trim_end(), expected, "{name}");
        }
    }

    fn core_of(rpc: &str, requirements: &[&str]) -> Vec<String> {
        let words: Vec<_> = requirements.iter().map(|name| Words::of_operation(name)).collect();
        let named: Vec<_> = requirements.iter().copied().zip(&words).collect();
        let flags = core(&Subjects::of(rpc), &named);
        requirements
            .iter()
            .zip(flags)
            .filter(|(_, core)| *core)
            .map(|(name, _)| (*name).into())
            .collect()
    }

    #[test]
    fn what_does_not_read_and_what_reads_the_subject_is_core() {
        for (rpc, requirements, expected) in [
            ("GetInput", &["Inputs:Get", "Concepts:Get", "Apps:Get"][..], &["Inputs:Get"][..]),
            (
                "PostInputs",
                &["Inputs:Add", "Inputs:Get", "Concepts:Get"],
                &["Inputs:Add", "Inputs:Get"],
            ),
            (
                "GetDatasetInput",
                &["Datasets:Get", "Inputs:Get", "Apps:Get"],
                &["Datasets:Get", "Inputs:Get"],
            ),
            (
                "ListAnnotationTracks",
                &["Annotations:Get", "AnnotationTracks:Get", "Inputs:Get"],
                &["Annotations:Get", "AnnotationTracks:Get"],
            ),
            (
                "PostModelOutputs",
                &["Models:Get", "Concepts:Get", "Predict"],
                &["Models:Get", "Predict"],
            ),
            ("GetSearch", &["Apps:Get", "SavedSearch:Get"], &["SavedSearch:Get"]),
            ("GetThing", &["Apps:Get"], &["Apps:Get"]),
            ("PostThing", &["Apps:Get", "Other:Add"], &["Other:Add"]),
            (
                "PostSearches",
                &["Inputs:Get", "Annotations:Get", "Search"],
                &["Inputs:Get", "Search"],
            ),
            ("ListStatusCodes", &[], &[]),
        ] {
            assert_eq!(core_of(rpc, requirements), expected, "{rpc}");
        }
    }
}
