//! When a key is to end.

use std::rc::Rc;

/// The seconds of a day.
const DAY: f64 = 86_400.0;

/// The spans offered, in days.
pub(crate) const SPANS: [u16; 3] = [30, 90, 365];

/// When a key is to end.
#[derive(Clone, PartialEq, Eq, Default)]
pub(crate) enum Expiry {
    /// Never, which is the platform's default.
    #[default]
    Never,
    /// Days from its creation.
    Days(u16),
    /// At the end of a day in UTC, `YYYY-MM-DD`; empty as long as none is chosen.
    Date(Rc<str>),
}

/// A moment, or the end of a day.
#[derive(Clone, PartialEq, Debug)]
pub(crate) enum Moment {
    /// A moment, in seconds since 1970.
    At(f64),
    /// The end of a day in UTC, `YYYY-MM-DD`.
    EndOf(Rc<str>),
}

impl Expiry {
    /// Reads the form that links and the form use: `never`, `30d`, `2027-01-31`, or `date` for one still to be chosen.
    #[must_use]
    pub(crate) fn parse(text: &str) -> Option<Self> {
        if text == "never" {
            return Some(Self::Never);
        }
        if let Some(days) = text.strip_suffix('d') {
            // Only numbers of this one kind are read and written in the page: each kind has code of its own.
            let days = u16::try_from(days.parse::<usize>().ok()?).ok()?;
            return (days > 0).then_some(Self::Days(days));
        }
        match text {
            "date" => Some(Self::Date("".into())),
            text => is_date(text).then(|| Self::Date(text.into())),
        }
    }

    /// The form that [`Expiry::parse`] reads.
    #[must_use]
    pub(crate) fn to_link(&self) -> String {
        let text = match self {
            Self::Never => "never",
            Self::Days(days) => return usize::from(*days).to_string() + "d",
            Self::Date(date) if date.is_empty() => "date",
            Self::Date(date) => date,
        };
        text.to_owned()
    }

    /// Whether a key could end then, `today` being `YYYY-MM-DD` in UTC.
    #[must_use]
    pub(crate) fn is_ahead(&self, today: &str) -> bool {
        match self {
            Self::Never | Self::Days(_) => true,
            Self::Date(date) => is_date(date) && &**date >= today,
        }
    }

    /// The moment at which a key ends that is made at `now`, in seconds since 1970.
    #[must_use]
    pub(crate) fn moment(&self, now: u32) -> Option<Moment> {
        match self {
            Self::Never => None,
            Self::Days(days) => Some(Moment::At(f64::from(now) + f64::from(*days) * DAY)),
            Self::Date(date) => Some(Moment::EndOf(date.clone())),
        }
    }
}

/// Whether a text has the shape `YYYY-MM-DD`; whether there is such a day the backend decides.
fn is_date(text: &str) -> bool {
    text.len() == 10
        && text.bytes().enumerate().all(|(at, byte)| match at {
            4 | 7 => byte == b'-',
            _ => byte.is_ascii_digit(),
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_link_says_is_read_back() {
        for text in ["never", "30d", "365d", "2027-01-31", "date"] {
            assert_eq!(Expiry::parse(text).unwrap().to_link(), text);
        }
        for text in ["", "0d", "-3d", "30", "soon", "2027-1-31", "2027-01-3x", "99999999d"] {
            assert!(Expiry::parse(text).is_none(), "{text}");
        }
    }

    #[test]
    fn a_date_must_not_be_past() {
        let date = |text: &str| Expiry::Date(text.into());
        assert!(date("2026-11-21").is_ahead("2026-11-21"));
        assert!(date("2027-01-01").is_ahead("2026-11-21"));
        assert!(!date("2026-11-20").is_ahead("2026-11-21"));
        assert!(!date("").is_ahead("2026-11-21"));
        assert!(Expiry::Never.is_ahead("2026-11-21"));
    }

    #[test]
    fn days_count_from_now() {
        assert_eq!(Expiry::Days(1).moment(5), Some(Moment::At(DAY + 5.0)));
        assert_eq!(Expiry::Never.moment(5), None);
    }
}
