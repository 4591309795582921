//! Which requirements of an endpoint are core and which auxiliary.
//!
//! The documentation says that a call is rejected if "a large portion of the response" needs a
//! missing scope, and redacted otherwise, and defines neither. The rule here is this project's
//! own decision. It is derived from the names alone, so that it also holds for endpoints that
//! nobody has seen yet; `docs/rules.md` tells it in full.

use std::borrow::Cow;
use std::collections::BTreeMap;

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
    endpoint.rsplit('/').next().unwrap_or(endpoint)
}

/// The resource that an operation reads, if reading is what it allows.
pub(crate) fn read_resource(operation: &str) -> Option<&str> {
    operation.strip_suffix(":Get")
}

/// The words of a name, each in the singular: `TSNEVisualizations` is `TSNE`, `Visualization`.
///
/// A run of capitals is one word, but its last letter begins the next word if a small letter
/// follows; digits stay with the word before.
pub(crate) fn words(name: &str) -> Vec<Cow<'_, str>> {
    let mut words = Vec::new();
    let mut letters = name.char_indices().peekable();
    let (mut start, mut capital_before) = (0, false);
    while let Some((at, letter)) = letters.next() {
        let capital = letter.is_uppercase();
        let small_after = letters.peek().is_some_and(|(_, after)| after.is_lowercase());
        if at > 0 && capital && (!capital_before || small_after) {
            words.extend(name.get(start..at).map(singular));
            start = at;
        }
        capital_before = capital;
    }
    words.extend(name.get(start..).filter(|word| !word.is_empty()).map(singular));
    words
}

fn singular(word: &str) -> Cow<'_, str> {
    if let Some(stem) = word.strip_suffix("ies") {
        return Cow::Owned(format!("{stem}y"));
    }
    Cow::Borrowed(word.strip_suffix('s').filter(|stem| !stem.ends_with('s')).unwrap_or(word))
}

/// Where `part` stands in `whole` as one contiguous run.
fn position(whole: &[Cow<'_, str>], part: &[Cow<'_, str>]) -> Option<usize> {
    if part.is_empty() {
        return None;
    }
    whole.windows(part.len()).position(|run| run == part)
}

/// What an rpc is about, told from its name.
#[derive(Debug)]
pub(crate) struct Subjects<'a> {
    words: Vec<Cow<'a, str>>,
    instead: Option<&'static str>,
}

impl<'a> Subjects<'a> {
    pub(crate) fn of(rpc: &'a str) -> Self {
        // The first word is the verb.
        let words = words(rpc).into_iter().skip(1).collect();
        Self { words, instead: exception(rpc).and_then(|exception| exception.subject) }
    }

    /// Whether the resource is a subject; `words` are its words.
    pub(crate) fn contain(&self, resource: &str, words: &[Cow<'_, str>]) -> bool {
        match self.instead {
            Some(subject) => subject == resource,
            None => position(&self.words, words).is_some(),
        }
    }

    /// How well the resource names what the rpc is about, the least being the best: where its
    /// words begin, the longer run first. Nothing if they do not stand there.
    pub(crate) fn rank(&self, resource: &str, words: &[Cow<'_, str>]) -> Option<(usize, usize)> {
        match self.instead {
            Some(subject) => (subject == resource).then_some((0, 0)),
            None => position(&self.words, words).map(|at| (at, usize::MAX - words.len())),
        }
    }

    /// What the rpc is about in its own words, where none of its requirements says so.
    pub(crate) fn title(&self, rpc: &str) -> String {
        self.words.first().map_or(rpc, |word| word).to_owned()
    }
}

/// The resources that there are, by their words; of several with the same words the first by name.
#[derive(Debug, Default)]
pub(crate) struct Resources<'a>(BTreeMap<Vec<Cow<'a, str>>, &'a str>);

impl<'a> Resources<'a> {
    pub(crate) fn add(&mut self, resource: &'a str, words: &[Cow<'a, str>]) {
        let first = self.0.entry(words.to_vec()).or_insert(resource);
        *first = resource.min(first);
    }

    /// The one that ranks best among the subjects.
    pub(crate) fn best(&self, subjects: &Subjects<'_>) -> Option<&'a str> {
        if let Some(subject) = subjects.instead {
            return self.0.values().find(|resource| **resource == subject).copied();
        }
        let words = &subjects.words;
        (0..words.len())
            .flat_map(|start| (start + 1..=words.len()).rev().map(move |end| start..end))
            .find_map(|run| self.0.get(words.get(run)?).copied())
    }
}

/// Which of an endpoint's requirements are core, in the order of `requirements`.
pub(crate) fn core<'a>(
    subjects: &Subjects,
    requirements: impl Iterator<Item = (&'a str, &'a [Cow<'a, str>])> + Clone,
) -> Vec<bool> {
    // An effect cannot be redacted: whatever does not read is core.
    let mut core: Vec<bool> = requirements
        .clone()
        .map(|(name, words)| {
            read_resource(name).is_none_or(|resource| subjects.contain(resource, words))
        })
        .collect();
    let subject_is_read = requirements
        .clone()
        .zip(&core)
        .any(|((name, _), core)| *core && read_resource(name).is_some());
    if !subject_is_read {
        for ((name, _), core) in requirements.clone().zip(&mut core) {
            *core |= name != "Apps:Get";
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
            assert_eq!(words(name).join(" "), expected, "{name}");
        }
    }

    fn core_of(rpc: &str, requirements: &[&str]) -> Vec<String> {
        let named: Vec<_> = requirements
            .iter()
            .map(|name| (*name, words(name.split(':').next().unwrap_or(name))))
            .collect();
        let flags = core(&Subjects::of(rpc), named.iter().map(|(name, words)| (*name, &words[..])));
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
