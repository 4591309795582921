//! Waiting for what is to come, and no longer than that.

use std::time::{Duration, Instant};

/// How long to rest between two attempts.
const REST: Duration = Duration::from_millis(20);

/// Attempts something until it succeeds. When the patience is over, the last failure is the answer.
pub fn wait<T, E>(patience: Duration, mut attempt: impl FnMut() -> Result<T, E>) -> Result<T, E> {
    let start = Instant::now();
    loop {
        let outcome = attempt();
        if outcome.is_ok() || start.elapsed() > patience {
            return outcome;
        }
        std::thread::sleep(REST);
    }
}
