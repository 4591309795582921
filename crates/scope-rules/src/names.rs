//! Sets of names.

use std::fmt;

use crate::name::Name;
use crate::sort;

/// A set of names, in order.
///
/// It is a sorted list: smaller in a module than the tree of the standard library, and quicker to go through and to
/// clone, which is what grants are for.
///
/// ```
/// use scope_rules::{Name, Names};
/// let mut names: Names = [Name::operation("Search")?, Name::operation("Predict")?].into_iter().collect();
/// assert!(!names.insert(Name::operation("Search")?));
/// assert!(names.contains("Search") && names.remove("Search") && !names.contains("Search"));
/// assert_eq!(names.iter().map(|name| name.to_string()).collect::<Vec<_>>(), ["Predict"]);
/// # Ok::<(), scope_rules::NameError>(())
/// ```
#[derive(Clone, PartialEq, Eq, Default)]
pub struct Names(Vec<Name>);

impl Names {
    /// The empty set.
    ///
    /// ```
    /// assert!(scope_rules::Names::new().is_empty());
    /// ```
    #[must_use]
    pub const fn new() -> Self {
        Self(Vec::new())
    }

    fn place(&self, name: &str) -> Result<usize, usize> {
        // Names mostly come in order: then there is nothing to search.
        match self.0.last() {
            Some(last) if **last < *name => Err(self.0.len()),
            _ => self.0.binary_search_by(|each| (**each).cmp(name)),
        }
    }

    /// Adds a name; says whether it is new.
    ///
    /// ```
    /// # use scope_rules::{Name, Names};
    /// assert!(Names::new().insert(Name::operation("Search")?));
    /// # Ok::<(), scope_rules::NameError>(())
    /// ```
    pub fn insert(&mut self, name: Name) -> bool {
        match self.place(&name) {
            Ok(_) => false,
            Err(place) => {
                self.0.insert(place, name);
                true
            }
        }
    }

    /// Takes a name away; says whether it was there.
    ///
    /// ```
    /// assert!(!scope_rules::Names::new().remove("Search"));
    /// ```
    pub fn remove(&mut self, name: &str) -> bool {
        self.place(name).map(|place| self.0.remove(place)).is_ok()
    }

    /// Removes many names in one pass.
    ///
    /// ```
    /// use scope_rules::{Name, Names};
    /// let [get, add] = [Name::operation("Inputs:Get")?, Name::operation("Inputs:Add")?];
    /// let mut names: Names = [get.clone(), add.clone()].into_iter().collect();
    /// names.remove_all(&[get]);
    /// assert!(names.iter().eq([&add]));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn remove_all(&mut self, names: &[Name]) {
        let gone = Self::from(names.to_vec());
        self.0.retain(|name| !gone.contains(name));
    }

    /// Keeps only the names for which that holds.
    ///
    /// ```
    /// # use scope_rules::{Name, Names};
    /// let mut names: Names = [Name::operation("Inputs:Add")?, Name::operation("Inputs:Get")?].into_iter().collect();
    /// names.retain(|name| name.ends_with(":Get"));
    /// assert!(names.iter().map(|name| &**name).eq(["Inputs:Get"]));
    /// # Ok::<(), scope_rules::NameError>(())
    /// ```
    pub fn retain(&mut self, keep: impl FnMut(&Name) -> bool) {
        self.0.retain(keep);
    }

    /// Whether a name is in the set.
    ///
    /// ```
    /// assert!(!scope_rules::Names::new().contains("Search"));
    /// ```
    #[must_use]
    pub fn contains(&self, name: &str) -> bool {
        self.place(name).is_ok()
    }

    /// How many names there are.
    ///
    /// ```
    /// assert_eq!(scope_rules::Names::new().len(), 0);
    /// ```
    #[must_use]
    pub const fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is none.
    ///
    /// ```
    /// assert!(scope_rules::Names::new().is_empty());
    /// ```
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The names, in order.
    ///
    /// ```
    /// assert_eq!(scope_rules::Names::new().iter().count(), 0);
    /// ```
    pub fn iter(&self) -> std::slice::Iter<'_, Name> {
        self.0.iter()
    }
}

impl fmt::Debug for Names {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self).finish()
    }
}

impl From<Vec<Name>> for Names {
    /// Puts names in order, each once.
    fn from(names: Vec<Name>) -> Self {
        if names.is_sorted_by(|a, b| **a < **b) {
            return Self(names);
        }
        let mut set = Self(Vec::with_capacity(names.len()));
        for key in sort::by_name(&mut names.iter().map(|name| &**name)) {
            if let Some(name) = names.get(key.place) {
                set.insert(name.clone());
            }
        }
        set
    }
}

impl FromIterator<Name> for Names {
    fn from_iter<T: IntoIterator<Item = Name>>(names: T) -> Self {
        Self::from(names.into_iter().collect::<Vec<_>>())
    }
}

impl Extend<Name> for Names {
    fn extend<T: IntoIterator<Item = Name>>(&mut self, names: T) {
        let mut all = std::mem::take(&mut self.0);
        for name in names {
            all.push(name);
        }
        *self = Self::from(all);
    }
}

impl IntoIterator for Names {
    type Item = Name;
    type IntoIter = std::vec::IntoIter<Name>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl<'a> IntoIterator for &'a Names {
    type Item = &'a Name;
    type IntoIter = std::slice::Iter<'a, Name>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(list: &[&str]) -> Names {
        list.iter().map(|name| Name::operation(name).unwrap()).collect()
    }

    fn listed(names: &Names) -> Vec<&str> {
        names.iter().map(|name| &**name).collect()
    }

    #[test]
    fn names_stand_in_order_each_once() {
        assert_eq!(listed(&names(&["b", "a", "c", "b"])), ["a", "b", "c"]);
        let mut set = names(&["b"]);
        assert!(set.insert(Name::operation("a").unwrap()));
        assert!(set.insert(Name::operation("c").unwrap()));
        assert!(!set.insert(Name::operation("b").unwrap()));
        assert_eq!(listed(&set), ["a", "b", "c"]);
    }

    #[test]
    fn sets_are_equal_however_they_came_about() {
        let mut set = names(&["c", "a"]);
        set.extend(names(&["b"]));
        set.remove("c");
        assert_eq!(set, names(&["a", "b"]));
        assert!(!set.remove("c"));
    }

    #[test]
    fn a_set_is_printed_as_its_names() {
        assert_eq!(format!("{:?}", names(&["b", "a"])), r#"{"a", "b"}"#);
    }
}
