//! Runs the backend.

use std::error::Error;
use std::io::IsTerminal as _;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Parser;
use portal_backend::{Config, PlanName, Seed, in_full, start};
use scope_rules::Enforcement;
use tracing_subscriber::EnvFilter;

/// Keeps the keys, and serves the page on which they are set up.
#[derive(Debug, Parser)]
#[command(version)]
struct Arguments {
    /// Where to listen; port 0 lets the system choose.
    #[arg(long, default_value = "127.0.0.1:8080")]
    listen: SocketAddr,
    /// The SQLite file; it is made if there is none.
    #[arg(long, default_value = "data/portal.sqlite")]
    data: PathBuf,
    /// The folder of the built page.
    #[arg(long)]
    site: Option<PathBuf>,
    /// Fill a new database with demo data (or that of FILE), and let whoever is at this machine sign in.
    #[arg(long, value_name = "FILE", num_args = 0..=1, require_equals = true)]
    demo: Option<Option<PathBuf>>,
    /// Which plan the apps have.
    #[arg(long, value_enum, default_value_t)]
    plan: PlanName,
    /// A plan of one's own in place of it: a file of the form of those in `catalogs/`.
    #[arg(long, value_name = "FILE", conflicts_with = "plan")]
    catalog: Option<PathBuf>,
    /// How a missing auxiliary operation is treated, `graded` or `strict`, if not as the plan says.
    #[arg(long)]
    enforcement: Option<Enforcement>,
}

#[tokio::main]
async fn main() -> ExitCode {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info"));
    let colours = std::io::stderr().is_terminal();
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .with_ansi(colours)
        .init();
    match run(Arguments::parse()).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            tracing::error!("{}", in_full(&*error));
            ExitCode::FAILURE
        }
    }
}

async fn run(arguments: Arguments) -> Result<(), Box<dyn Error>> {
    let demo = match &arguments.demo {
        None => None,
        Some(None) => Some(Seed::demo()?),
        Some(Some(file)) => Some(Seed::read(file)?),
    };
    let config = Config {
        listen: arguments.listen,
        site: arguments.site,
        demo,
        plan: arguments.plan,
        catalog: arguments.catalog,
        enforcement: arguments.enforcement,
        ..Config::new(arguments.data)
    };
    let backend = start(config).await?;
    // The one line on standard output: what a script, or a person, needs to know.
    println!("listening on http://{}", backend.address());
    asked_to_stop().await?;
    tracing::info!("stopping");
    Ok(backend.stop().await?)
}

/// Waits for Ctrl-C or the system's request to end.
async fn asked_to_stop() -> std::io::Result<()> {
    #[cfg(unix)]
    {
        let mut terminate =
            tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate())?;
        tokio::select! {
            interrupted = tokio::signal::ctrl_c() => interrupted,
            _ = terminate.recv() => Ok(()),
        }
    }
    #[cfg(not(unix))]
    tokio::signal::ctrl_c().await
}
