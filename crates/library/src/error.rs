/// Why the index could not be built or read.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("the search index failed")]
    Index(#[from] tantivy::TantivyError),
}
