//! Keys that exist: the new one, shown once, and those of the chosen app.

mod example;
mod fresh;
mod list;
mod remove;
mod replace;

use example::Example;
pub(crate) use fresh::{fresh, tell, wipe, write};
pub(crate) use list::keys;
pub(crate) use remove::remove;
pub(crate) use replace::{Overlap, replace};
