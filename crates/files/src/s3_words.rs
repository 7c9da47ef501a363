//! What a store of files answered, in words of our own.
//!
//! A server repeats what it was sent: the id of a key, a signature, what was signed. None of it leaves this place.

use crate::Error;

/// What went wrong, in words of our own: a server repeats in its answer what it was sent.
pub(crate) fn told(doing: &'static str, bucket: &str, error: &object_store::Error) -> Error {
    use object_store::Error as E;
    let words = chain(error);
    if words.contains(NO_BUCKET) {
        let bucket = bucket.to_owned();
        return Error::NoBucket { bucket };
    }
    if matches!(
        error,
        E::PermissionDenied { .. } | E::Unauthenticated { .. }
    ) {
        return Error::Denied { doing };
    }
    if is_late(error) {
        return Error::TimedOut { doing };
    }
    let why = why(&words);
    tracing::debug!(doing, why, "the store of files failed");
    Error::Store { doing, why }
}

const NO_BUCKET: &str = "NoSuchBucket";

/// Whether it is the bucket that was not found.
pub(crate) fn is_bucket(error: &(dyn std::error::Error + 'static)) -> bool {
    chain(error).contains(NO_BUCKET)
}

/// Whether one of the causes is that something took too long.
fn is_late(error: &(dyn std::error::Error + 'static)) -> bool {
    let mut causes = std::iter::successors(Some(error), |error| error.source());
    causes.any(|cause| {
        let asked = cause.downcast_ref::<reqwest::Error>();
        let heard = cause.downcast_ref::<std::io::Error>();
        asked.is_some_and(reqwest::Error::is_timeout)
            || heard.is_some_and(|error| error.kind() == std::io::ErrorKind::TimedOut)
    })
}

/// An error with its causes. It stays in here.
fn chain(error: &(dyn std::error::Error + 'static)) -> String {
    let mut words = error.to_string();
    let mut cause = error.source();
    while let Some(deeper) = cause {
        words = format!("{words}: {deeper}");
        cause = deeper.source();
    }
    words
}

/// As much of a failure as may be shown: the server's own code for it, its status, or which step failed.
fn why(words: &str) -> String {
    let between = |start: &str, end: &str| {
        let (_, after) = words.split_once(start)?;
        after.split_once(end).map(|(inside, _)| inside)
    };
    let plain = |text: &str| -> String {
        let plain = |c: &char| c.is_ascii_alphanumeric() || " -".contains(*c);
        text.chars().filter(plain).take(60).collect()
    };
    if let Some(code) = between("<Code>", "</Code>") {
        return format!("it answered `{}`", plain(code));
    }
    if let Some(status) = between("status code: ", ":") {
        return format!("it answered `{}`", plain(status));
    }
    const STEPS: &[(&str, &str)] = &[
        ("invalid peer certificate", "its certificate is not trusted"),
        ("dns error", "its name is not known"),
        ("onnection refused", "nobody answers there"),
        ("tcp connect error", "there is no way to it"),
        ("onnection reset", "the connection was cut"),
        ("connection closed", "the connection was cut"),
        (
            "end of file before message length",
            "the connection was cut",
        ),
        ("IncompleteBody", "the connection was cut"),
    ];
    let step = STEPS.iter().find(|(sign, _)| words.contains(sign));
    step.map_or("the answer was not understood", |(_, told)| told)
        .to_owned()
}

/// Older servers answer a condition with that they have not got it.
pub(crate) fn knows_no_conditions(error: &object_store::Error) -> bool {
    let words = chain(error);
    matches!(error, object_store::Error::NotImplemented { .. })
        || words.contains("<Code>NotImplemented</Code>")
        || words.contains("501 Not Implemented")
}
