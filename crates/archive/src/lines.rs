//! The two line formats: records as JSON lines, commits as CSV.

use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};

use comity_register::{Commit, Hash};

use crate::folder::failed;
use crate::{Error, Segment};

pub(crate) const COMMITS_HEADER: &[u8] = b"size,root\n";

/// How long a line may be before it is no record: the longest that a register took so far are rules, below 1 MiB.
const LINE_BYTES_MAX: usize = 1 << 28;

pub(crate) fn commit(commit: &Commit) -> String {
    format!("{},{}\n", commit.size, commit.root)
}

/// The commits of a segment, in order.
pub(crate) fn commits(folder: &Path, segment: &Segment) -> Result<Vec<Commit>, Error> {
    let path = folder.join(&segment.commits.name);
    let text = std::fs::read_to_string(&path).map_err(failed("read", &path))?;
    let wrong = |line: usize, what: &str| Error::Line {
        path: path.clone(),
        line: line as u64,
        what: what.to_owned(),
    };
    let mut lines = text.split_inclusive('\n').zip(1..);
    if lines
        .next()
        .is_none_or(|(header, _)| header.as_bytes() != COMMITS_HEADER)
    {
        return Err(wrong(1, "the header is not `size,root`"));
    }
    let mut found = Vec::new();
    for (text, line) in lines {
        let read = || {
            let (size, root) = text.strip_suffix('\n')?.split_once(',')?;
            let commit = Commit {
                size: size.parse().ok()?,
                root: root.parse::<Hash>().ok()?,
            };
            (self::commit(&commit) == text).then_some(commit)
        };
        let commit =
            read().ok_or_else(|| wrong(line, "expected a size and a root in hexadecimal"))?;
        if commit.size <= segment.from || commit.size > segment.to {
            return Err(wrong(line, "the size is not within the segment"));
        }
        found.push(commit);
    }
    Ok(found)
}

/// The records of a segment, one after another.
#[derive(Debug)]
pub(crate) struct Acts {
    pub(crate) path: PathBuf,
    file: BufReader<File>,
    line: u64,
}

impl Acts {
    pub(crate) fn open(folder: &Path, segment: &Segment) -> Result<Self, Error> {
        let path = folder.join(&segment.acts.name);
        let file = File::open(&path).map_err(failed("read", &path))?;
        Ok(Self {
            path,
            file: BufReader::with_capacity(1 << 18, file),
            line: 0,
        })
    }

    /// The next record's bytes; none at the end of the file.
    pub(crate) fn next(&mut self) -> Result<Option<Vec<u8>>, Error> {
        let mut blob = Vec::with_capacity(512);
        let mut limited = std::io::Read::take(&mut self.file, LINE_BYTES_MAX as u64);
        let length = limited
            .read_until(b'\n', &mut blob)
            .map_err(failed("read", &self.path))?;
        if length == 0 {
            return Ok(None);
        }
        self.line += 1;
        if blob.pop() != Some(b'\n') {
            return Err(self.wrong("the line does not end".to_owned()));
        }
        Ok(Some(blob))
    }

    /// What is wrong with the line that was read last.
    pub(crate) fn wrong(&self, what: String) -> Error {
        Error::Line {
            path: self.path.clone(),
            line: self.line,
            what,
        }
    }
}
