//! Building the page.

use crate::compress::{self, Compressed};
use crate::error::Error;
use crate::project::{self, Project};
use crate::tools;

/// Builds the page into `dist/`, and its compressed forms beside it.
pub(crate) fn build(project: &Project) -> Result<(), Error> {
    compress::write(&built(project)?)
}

/// Builds the page into `dist/`, and hands back its files, compressed.
pub(crate) fn built(project: &Project) -> Result<Vec<Compressed>, Error> {
    tools::ensure(project, tools::FOR_PAGE)?;
    project::run(project.command("trunk").args(["build", "--release"]))?;
    compress::folder(&project.path("dist"))
}
