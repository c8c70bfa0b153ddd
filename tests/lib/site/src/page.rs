//! A page of the site, and what may be wrong with it.

use std::time::Duration;

/// A page of the site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// Where it is, such as `/wiki/Amber_Harbour`.
    pub path: String,
    /// What its heading says.
    pub title: String,
    /// The whole document.
    pub html: String,
    /// Links in the document: `a` elements that have an `href`.
    pub links: usize,
    /// Time before its answer begins.
    pub latency: Duration,
    /// What is wrong with it.
    pub fault: Option<Fault>,
}

/// What a page does instead of being simply there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// Answers the first `times` requests with this status, and is fine from
    /// then on.
    Refuses {
        /// The status, such as 404 or 500.
        status: u16,
        /// How often; `usize::MAX` for ever.
        times: usize,
        /// The value of the header `Retry-After`.
        retry_after: Option<&'static str>,
    },
    /// Sends the visitor to another path.
    Redirects {
        /// Where to.
        to: String,
    },
    /// Promises the whole document to the first `times` visitors, sends half
    /// of it and closes the connection.
    BreaksOff {
        /// How often.
        times: usize,
    },
    /// Sends every character as one byte, so that those beyond ASCII are not
    /// UTF-8.
    IsLatin1,
    /// Answers only when so many requests have come to the site, this one included.
    Waits {
        /// How many, for whatever pages.
        requests: usize,
    },
    /// Sends half of the document, and then nothing for ever.
    FallsSilent,
    /// Sends text for ever.
    NeverEnds,
}

impl Page {
    /// A page with this document, and with nothing wrong.
    #[must_use]
    pub fn new(path: &str, html: &str, links: usize) -> Self {
        Self {
            path: path.to_owned(),
            title: String::new(),
            html: html.to_owned(),
            links,
            latency: Duration::ZERO,
            fault: None,
        }
    }

    /// The same page with a fault.
    #[must_use]
    pub fn with_fault(self, fault: Fault) -> Self {
        Self { fault: Some(fault), ..self }
    }

    /// The same page, answered after this time.
    #[must_use]
    pub fn after(self, latency: Duration) -> Self {
        Self { latency, ..self }
    }
}
