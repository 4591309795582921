//! Where the time comes from.

use std::fmt::Debug;

use jiff::Timestamp;

/// A source of the present time.
pub trait Clock: Debug + Send + Sync {
    /// The present, in milliseconds since 1970.
    fn now_ms(&self) -> i64;
}

/// The machine's clock.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now_ms(&self) -> i64 {
        Timestamp::now().as_millisecond()
    }
}

/// Writes a time as RFC 3339 with `Z`. A time outside the years that can be written is left out.
pub(crate) fn rfc3339(ms: i64) -> Option<String> {
    Timestamp::from_millisecond(ms).ok().map(|time| time.to_string())
}

/// Reads an RFC 3339 time with any offset.
pub(crate) fn parse_rfc3339(text: &str) -> Option<i64> {
    text.parse::<Timestamp>().ok().map(Timestamp::as_millisecond)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_written_in_utc_whatever_offset_they_came_with() {
        let ms = parse_rfc3339("2027-01-01T01:30:00+01:30").unwrap();
        assert_eq!(rfc3339(ms).unwrap(), "2027-01-01T00:00:00Z");
        assert_eq!(rfc3339(ms + 250).unwrap(), "2027-01-01T00:00:00.25Z");
    }

    #[test]
    fn what_is_no_full_time_is_not_read() {
        for text in ["", "tomorrow", "2027-01-01", "2027-01-01T00:00:00", "2027-13-01T00:00:00Z"] {
            assert_eq!(parse_rfc3339(text), None, "{text}");
        }
    }

    #[test]
    fn a_time_out_of_range_is_left_out() {
        assert_eq!(rfc3339(i64::MAX), None);
    }
}
