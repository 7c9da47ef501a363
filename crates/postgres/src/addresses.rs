use std::time::Duration;

/// How soon an append is seen when no notification comes: after a lost connection, or through a pooler.
const POLL: Duration = Duration::from_secs(1);

/// Where the register may be: the addresses of one server, or of all members of a cluster. The register uses the member
/// that takes writes, and finds the new one after a failover.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Addresses {
    pub(crate) urls: Vec<String>,
    pub(crate) poll: Duration,
}

impl Addresses {
    /// These addresses, asked in their order.
    pub fn new(urls: impl IntoIterator<Item = impl Into<String>>) -> Self {
        Self {
            urls: urls.into_iter().map(Into::into).collect(),
            poll: POLL,
        }
    }

    /// How often to look for appends that nobody told of.
    #[must_use]
    pub const fn polled_every(mut self, poll: Duration) -> Self {
        self.poll = poll;
        self
    }
}

impl From<&str> for Addresses {
    fn from(url: &str) -> Self {
        Self::new([url])
    }
}

impl From<&String> for Addresses {
    fn from(url: &String) -> Self {
        Self::new([url])
    }
}

impl From<&[String]> for Addresses {
    fn from(urls: &[String]) -> Self {
        Self::new(urls)
    }
}
