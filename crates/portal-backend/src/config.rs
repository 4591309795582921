//! What the backend is told at start.

use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use scope_rules::Enforcement;

use crate::clock::{Clock, SystemClock};
use crate::plan::PlanName;
use crate::seed::Seed;

/// What the backend is told at start.
#[derive(Debug, Clone)]
pub struct Config {
    /// Where to listen; port 0 lets the system choose.
    pub listen: SocketAddr,
    /// The SQLite file; it is made if there is none.
    pub data: PathBuf,
    /// The folder of the built page, if the backend is to serve it.
    pub site: Option<PathBuf>,
    /// Demo data, put into a new database, and whom the demo session signs in.
    pub demo: Option<Seed>,
    /// Which plan the apps have.
    pub plan: PlanName,
    /// A plan of one's own in place of it: a file of the form of those in `catalogs/`.
    pub catalog: Option<PathBuf>,
    /// How a missing auxiliary operation is treated, if not as the plan says.
    pub enforcement: Option<Enforcement>,
    /// How many API calls may be under way at a time; more are told to come again.
    pub max_in_flight: usize,
    /// How long an API call may take, its body included.
    pub timeout: Duration,
    /// How long calls that are under way may take to end when the backend is stopped.
    pub grace: Duration,
    /// Where the time comes from.
    pub clock: Arc<dyn Clock>,
}

impl Config {
    /// A backend on a free port of this machine, without page and demo data.
    #[must_use]
    pub fn new(data: impl Into<PathBuf>) -> Self {
        Self {
            listen: SocketAddr::from((Ipv4Addr::LOCALHOST, 0)),
            data: data.into(),
            site: None,
            demo: None,
            plan: PlanName::default(),
            catalog: None,
            enforcement: None,
            max_in_flight: 256,
            timeout: Duration::from_secs(30),
            grace: Duration::from_secs(10),
            clock: Arc::new(SystemClock),
        }
    }
}
