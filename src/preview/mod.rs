//! What the key will be able to do.

mod bounds;
mod findings;
mod list;
mod probe;
mod row;
mod tally;

pub(crate) use bounds::bounds;
pub(crate) use findings::Findings;
pub(crate) use list::EndpointList;
pub(crate) use probe::probe;
pub(crate) use tally::tally;
