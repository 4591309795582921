//! What can go wrong with a call.

use portal_api::Status;

/// Why a call brought nothing.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum PortalError {
    /// The browser has no connection.
    Offline,
    /// The backend could not be reached, or the connection broke.
    Unreachable,
    /// No answer came in time.
    TimedOut,
    /// An answer came that cannot be read: cut off, no JSON, or other types than agreed.
    Garbled,
    /// The session has ended.
    SignedOut,
    /// The user may not do this.
    Forbidden(Box<Status>),
    /// What the call is about does not exist.
    NotFound(Box<Status>),
    /// The request contradicts what is stored.
    Conflict(Box<Status>),
    /// The request is too large.
    TooLarge,
    /// Too many calls; the number of seconds to wait, if known.
    Throttled(Option<usize>),
    /// The request asks for what cannot be.
    Invalid(Box<Status>),
    /// The backend failed.
    Failed(Box<Status>),
}

impl PortalError {
    /// The error that an HTTP status and the answer's own status make, where that is all there is to say.
    #[must_use]
    pub(crate) fn from_status(http: u16, status: Status) -> Self {
        let status = Box::new(status);
        match http {
            401 => Self::SignedOut,
            403 => Self::Forbidden(status),
            404 | 410 => Self::NotFound(status),
            408 => Self::TimedOut,
            409 => Self::Conflict(status),
            413 => Self::TooLarge,
            400..=499 => Self::Invalid(status),
            _ => Self::Failed(status),
        }
    }

    /// Whether what was asked for may have been done all the same.
    #[must_use]
    pub(crate) fn is_unclear(&self) -> bool {
        matches!(
            self,
            Self::Offline | Self::Unreachable | Self::TimedOut | Self::Garbled | Self::Failed(_)
        )
    }

    /// What the backend said, if it said anything.
    #[must_use]
    pub(crate) fn status(&self) -> Option<&Status> {
        match self {
            Self::Forbidden(status)
            | Self::NotFound(status)
            | Self::Conflict(status)
            | Self::Invalid(status)
            | Self::Failed(status) => Some(status),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_http_status_decides() {
        let error = |http| PortalError::from_status(http, Status::default());
        assert_eq!(error(401), PortalError::SignedOut);
        assert_eq!(error(413), PortalError::TooLarge);
        assert!(matches!(error(400), PortalError::Invalid(_)));
        assert!(matches!(error(422), PortalError::Invalid(_)));
        assert!(matches!(error(500), PortalError::Failed(_)));
        assert!(matches!(error(503), PortalError::Failed(_)));
    }
}
