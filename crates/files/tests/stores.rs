//! What every store must do, in memory and in a folder.

use std::sync::Arc;

use comity_files::conformance::Ground;
use comity_files::{Files, Folder, Memory};
use futures_util::future::BoxFuture;

mod memory {
    use super::{Arc, BoxFuture, Files, Ground, Memory};

    struct InMemory(Arc<Memory>);

    impl Ground for InMemory {
        fn open(&self) -> BoxFuture<'_, Arc<dyn Files>> {
            let files: Arc<dyn Files> = self.0.clone();
            Box::pin(async { files })
        }
    }

    comity_files::conformance!(async { Some(InMemory(Arc::default())) });
}

mod folder {
    use super::{Arc, BoxFuture, Files, Folder, Ground};

    struct InFolder(tempfile::TempDir);

    impl Ground for InFolder {
        fn open(&self) -> BoxFuture<'_, Arc<dyn Files>> {
            let path = self.0.path().join("files");
            Box::pin(async move {
                let folder = Folder::open(path).expect("a folder");
                Arc::new(folder) as Arc<dyn Files>
            })
        }
    }

    comity_files::conformance!(async { tempfile::tempdir().ok().map(InFolder) });
}
