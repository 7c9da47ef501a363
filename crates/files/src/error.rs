use crate::Hash;

/// Why a store could not do what it was asked. No message holds a key, nor what a server answered in full: that repeats
/// what was sent.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("file `{hash}` in `{place}` is damaged: what lies there has another hash")]
    Damaged { hash: Hash, place: String },
    #[error("cannot {doing} `{path}`")]
    Folder {
        doing: &'static str,
        path: String,
        #[source]
        source: std::io::Error,
    },
    #[error("the store of files did not answer in time: it was asked to {doing}")]
    TimedOut { doing: &'static str },
    #[error("the store of files does not let us in or does not let us {doing}: look at its keys")]
    Denied { doing: &'static str },
    #[error("the store of files has no bucket `{bucket}`")]
    NoBucket { bucket: String },
    #[error("the store of files could not {doing}: {why}")]
    Store { doing: &'static str, why: String },
    #[error("the store of files gave back other bytes than it was given a moment before")]
    Untrue,
    #[error("the work on files was broken off")]
    BrokenOff,
}
