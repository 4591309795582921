//! The secret of a key.

use core::fmt;

use zeroize::Zeroizing;

/// The secret of a key: what goes behind `Authorization: Key`.
///
/// It cannot be printed, cloned, compared or serialised, and its memory is wiped when it is dropped. What needs the text
/// itself asks for it by name, with [`Secret::expose`].
///
/// ```
/// let secret = portal_api::Secret::from(String::from("pat_abc"));
/// assert_eq!(format!("{secret:?}"), "Secret(..)");
/// assert_eq!(secret.expose(), "pat_abc");
/// ```
#[derive(Default)]
pub struct Secret(Zeroizing<String>);

impl Secret {
    /// The text itself.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl From<String> for Secret {
    /// Takes over the text's memory, so that no copy is left behind.
    fn from(text: String) -> Self {
        Self(Zeroizing::new(text))
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(..)")
    }
}
