//! The table that is printed.

/// The value below which such a part of the values lies.
pub(crate) fn percentile(values: &[f64], part: f64) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let rank = (part * sorted.len() as f64).ceil() as usize;
    sorted.get(rank.saturating_sub(1)).copied().unwrap_or(f64::NAN)
}

/// Begins the table.
pub(crate) fn head() {
    println!("\n| what | p50 | p95 | budget | ratio |\n| --- | ---: | ---: | ---: | ---: |");
}

/// Prints a row: p50 and p95 of values, beside what they may be at most, where that is agreed.
pub(crate) fn row(what: &str, values: &[f64], budget: [Option<f64>; 2]) {
    let found = [0.5, 0.95].map(|part| percentile(values, part));
    let [p50, p95] = found.map(short);
    let budgets: Vec<_> = budget.iter().flatten().map(f64::to_string).collect();
    let ratios: Vec<_> = found
        .iter()
        .zip(budget)
        .filter_map(|(value, budget)| Some(format!("{:.2}", value / budget?)))
        .collect();
    println!("| {what} | {p50} | {p95} | {} | {} |", budgets.join(", "), ratios.join(", "));
}

/// A number in as many digits as mean something.
fn short(value: f64) -> String {
    if value < 100.0 { format!("{value:.2}") } else { format!("{value:.0}") }
}
