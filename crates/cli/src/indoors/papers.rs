//! Papers that are sent in: looked at, kept by their content, and given out again.

use axum::body::Bytes;
use comity_conference::Attached as Named;
use comity_files::{Accept, Hash, Kind, look};
use comity_view::{Attached, Inside, Language};
use comity_web::SourceError;
use comity_web::inside::{Indoors, NotDone, Upload, Visitor};

use super::{House, failed};

impl House {
    /// Keeps a paper before an act names it.
    pub(super) async fn keep_upload(
        &self,
        upload: Option<Upload>,
    ) -> Result<Result<Option<Named>, NotDone>, SourceError> {
        let Some(upload) = upload else {
            return Ok(Ok(None));
        };
        let Some(papers) = &self.papers else {
            return Ok(Err(NotDone::new(NotDone::FILES_NOWHERE)));
        };
        // Signed notes and mandates are scans more often than not.
        let accept = Accept {
            scans: true,
            limit: Upload::MOST_BYTES,
        };
        let Upload { name, bytes } = upload;
        let looked = bytes.clone();
        let seen = tokio::task::spawn_blocking(move || look(&looked, &name, accept)).await;
        let seen = match seen.map_err(|error| failed(&error))? {
            Ok(seen) => seen,
            Err(refused) => return Ok(Err(NotDone::new(format!("file-{}", refused.code())))),
        };
        let size = seen.size;
        let hash = papers.put(bytes).await.map_err(|error| failed(&error))?;
        Ok(Ok(Some(Named {
            sha256: hash.to_string(),
            kind: seen.kind.code().to_owned(),
            bytes: size,
        })))
    }

    /// Keeps the paper on which something is entered. Whoever may not enter it is not let to leave a file here.
    pub(super) async fn keep_received(
        &self,
        visitor: &Visitor,
        upload: Option<Upload>,
        may_enter: impl FnOnce(Inside) -> bool,
    ) -> Result<Result<Option<Named>, NotDone>, SourceError> {
        if upload.is_some() && !self.inside(visitor, Language::Es).is_some_and(may_enter) {
            return Ok(Err(NotDone::new(NotDone::NOT_PERMITTED)));
        }
        self.keep_upload(upload).await
    }

    pub(super) async fn paper_of(
        &self,
        file: &Attached,
    ) -> Result<Option<(&'static str, Bytes)>, SourceError> {
        let named = (file.sha256.parse::<Hash>(), Kind::from_code(&file.kind));
        let (Some(papers), (Ok(hash), Some(kind))) = (&self.papers, named) else {
            return Ok(None);
        };
        let bytes = papers.get(&hash).await.map_err(|error| failed(&error))?;
        Ok(bytes.map(|bytes| (kind.media_type(), bytes)))
    }
}
