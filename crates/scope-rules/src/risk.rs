//! How dangerous a key is in the wrong hands.

use crate::access::Access;

/// What a key could do in the wrong hands, from its operations; endpoints do not lower it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "tsify", derive(tsify::Tsify))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
pub enum Risk {
    /// It only reads, or holds nothing.
    ReadOnly,
    /// It also predicts, searches, adds, trains or pulls.
    Limited,
    /// It can do other things too, deleting first.
    Destructive,
    /// It holds `All`, or can widen access.
    Full,
}

impl Risk {
    /// The stable spelling.
    ///
    /// ```
    /// assert_eq!(scope_rules::Risk::ReadOnly.as_str(), "read-only");
    /// ```
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::ReadOnly => "read-only",
            Self::Limited => "limited",
            Self::Destructive => "destructive",
            Self::Full => "full",
        }
    }

    /// The risk of one operation, by its name.
    fn of_operation(name: &str) -> Self {
        match name.split_once(':') {
            Some((_, "Get")) => Self::ReadOnly,
            Some((_, "Add" | "Train" | "Pull")) => Self::Limited,
            None if matches!(name, "Predict" | "Search") => Self::Limited,
            _ => Self::Destructive,
        }
    }
}

impl Access {
    /// The risk of the key's own grant. All operations named count, offered or not.
    ///
    /// ```
    /// # let catalog: scope_rules::Catalog = include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doc/catalog.in"));
    /// use scope_rules::{Access, Grant};
    /// let access = Access::new(&catalog, &Grant::parse(&["Inputs:Get", "Predict"], &[] as &[&str])?, None);
    /// assert_eq!(access.risk(), scope_rules::Risk::Limited);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn risk(&self) -> Risk {
        let key = self.key();
        let Some(named) = &key.named else { return Risk::Full };
        if !self.minting().is_empty() {
            return Risk::Full;
        }
        let mut risk = Risk::ReadOnly;
        for name in named.iter().filter_map(|id| self.catalog().inner.operation_name(id)) {
            risk = risk.max(Risk::of_operation(name));
        }
        for name in &key.unknown_operations {
            risk = risk.max(Risk::of_operation(name));
        }
        risk
    }
}
