//! The page on which a developer sets up an API key.
//!
//! [`mount`] puts it into an element. Everything it needs from outside comes as [`Options`].

mod clock;
mod create;
mod draft;
mod form;
mod keys;
mod options;
mod outline;
mod panel;
mod picture;
mod portal;
mod preview;
mod setup;
mod shelf;
mod state;
mod text;
mod ui;
mod wrong;

pub use options::Options;

use setup::Setup;
use web_sys::Element;
use yew::{AppHandle, Renderer};

/// A page that has been put into an element.
#[must_use = "the page stays as long as it is not unmounted"]
pub struct Mounted(AppHandle<Setup>);

impl std::fmt::Debug for Mounted {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Mounted")
    }
}

/// Puts the page into an element, in place of what is there.
pub fn mount(element: Element, options: Options) -> Mounted {
    Mounted(Renderer::<Setup>::with_root_and_props(element, options).render())
}

impl Mounted {
    /// Takes the page away again. Nothing of it stays, but for the draft that it was told to keep.
    pub fn unmount(self) {
        self.0.destroy();
    }
}
