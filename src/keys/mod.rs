//! Keys that exist: the new one, shown once, and those of the chosen app.

mod example;
mod fresh;
mod list;
mod remove;
mod replace;

pub(crate) use fresh::FreshKey;
pub(crate) use list::Keys;
pub(crate) use replace::Overlap;
