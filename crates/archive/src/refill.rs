//! The way back: segments, or another register, into a register that holds nothing.

use std::collections::VecDeque;
use std::path::Path;

use comity_register::merkle::Frontier;
use comity_register::{
    Commit, Fault, Flaw, Head, History, Record, RecordedAt, Register, Stretch, Stretches,
};
use futures_util::future::BoxFuture;

use crate::lines::{self, Acts};
use crate::segment::Source;
use crate::{Error, Segment};

const PAGE_RECORDS: usize = 2_000;

/// How much of a history comes back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cut {
    /// All of it.
    Nothing,
    /// Up to the last batch that ends at or before this position.
    AfterPosition(u64),
    /// Up to the last batch of which every act was recorded at or before this instant.
    AfterInstant(RecordedAt),
}

/// Puts the segments of a folder into an empty register, byte for byte, with the same batches, and answers with its
/// head. The files must have been checked against their manifest. All or nothing.
///
/// # Errors
/// A record or a commit is not in order, the register is not empty, or no batch ends before the cut.
pub async fn refill(
    register: &dyn Register,
    folder: &Path,
    segments: &[Segment],
    cut: Cut,
    mut progress: impl FnMut(u64) + Send,
) -> Result<Head, Error> {
    let end = end(folder, segments, cut)?;
    let mut files = Files {
        folder,
        segments: segments.iter(),
        open: None,
        ahead: VecDeque::new(),
        whole: segments.last().is_none_or(|segment| segment.to == end),
        end,
        history: History::new(),
        size: 0,
        fault: None,
        progress: &mut progress,
    };
    let filled = register.fill(&mut files).await;
    match (filled, files.fault) {
        (_, Some(fault)) => Err(fault),
        (filled, None) => Ok(filled?),
    }
}

/// The size at which the history is cut, which is always the end of a batch.
fn end(folder: &Path, segments: &[Segment], cut: Cut) -> Result<u64, Error> {
    let whole = segments.last().map_or(0, |segment| segment.to);
    let (limit, at) = match cut {
        Cut::Nothing => return Ok(whole),
        Cut::AfterPosition(position) => {
            (position.saturating_add(1), format!("position {position}"))
        }
        Cut::AfterInstant(instant) => (
            recorded_until(folder, segments, instant)?,
            instant.to_string(),
        ),
    };
    let (mut end, mut first) = (None, None);
    for segment in segments
        .iter()
        .take_while(|segment| segment.from < limit.max(1))
    {
        for commit in lines::commits(folder, segment)? {
            first = first.or(Some(commit.size));
            end = Some(commit.size).filter(|size| *size <= limit).or(end);
        }
    }
    let before_all = || Error::BeforeAll {
        at,
        first: first.map_or_else(
            || "nothing".to_owned(),
            |size| format!("position {}", size - 1),
        ),
    };
    end.ok_or_else(before_all)
}

/// How many records were recorded at or before an instant.
fn recorded_until(folder: &Path, segments: &[Segment], instant: RecordedAt) -> Result<u64, Error> {
    let mut size = 0;
    for segment in segments {
        let mut acts = Acts::open(folder, segment)?;
        while let Some(blob) = acts.next()? {
            let record = Record::decode(&blob).map_err(|error| Error::Line {
                path: acts.path.clone(),
                line: size - segment.from + 1,
                what: error.to_string(),
            })?;
            if record.at > instant {
                return Ok(size);
            }
            size += 1;
        }
    }
    Ok(size)
}

/// The records of several segments, as one history.
struct Files<'a> {
    folder: &'a Path,
    segments: std::slice::Iter<'a, Segment>,
    open: Option<(Acts, u64)>,
    ahead: VecDeque<Commit>,
    end: u64,
    /// Nothing comes after the end.
    whole: bool,
    history: History,
    size: u64,
    /// What went wrong, in the words of this crate; the register only hears that something did.
    fault: Option<Error>,
    progress: &'a mut (dyn FnMut(u64) + Send),
}

impl Files<'_> {
    fn stretch(&mut self) -> Result<Option<Stretch>, Error> {
        let mut blobs = Vec::new();
        while blobs.len() < PAGE_RECORDS && self.size < self.end {
            let Some(blob) = self.blob()? else { break };
            blobs.push(blob);
            self.size += 1;
        }
        if blobs.is_empty() {
            return self.ended().map(|()| None);
        }
        let within =
            std::iter::from_fn(|| self.ahead.pop_front_if(|commit| commit.size <= self.size));
        let followed = self.history.follow(blobs, within.collect::<Vec<_>>());
        (self.progress)(self.size);
        followed.map(Some).map_err(|fault| self.refused(fault))
    }

    /// That the history ended where it should.
    fn ended(&mut self) -> Result<(), Error> {
        let found = self.history.end().map_err(|fault| self.refused(fault))?;
        if found.size < self.end {
            let fault = Fault {
                position: found.size,
                flaw: Box::new(Flaw::Missing),
                last_good: found,
            };
            return Err(self.refused(fault));
        }
        // Past a cut there is more, which is not looked at. What is whole ends here, also where it holds nothing.
        if self.whole {
            self.blob()?;
        }
        Ok(())
    }

    fn refused(&self, fault: Fault) -> Error {
        let path = match &self.open {
            Some((acts, _)) => acts.path.clone(),
            None => self.folder.to_owned(),
        };
        Error::History { path, fault }
    }

    /// The next record, from the open file or from the next one.
    fn blob(&mut self) -> Result<Option<Vec<u8>>, Error> {
        loop {
            if let Some((acts, to)) = &mut self.open {
                let next = acts.next()?;
                if next.is_some() && self.size >= *to {
                    let what = "the line is past the end that the manifest says".to_owned();
                    return Err(acts.wrong(what));
                }
                if next.is_some() {
                    return Ok(next);
                }
            }
            let Some(segment) = self.segments.next() else {
                return Ok(None);
            };
            if segment.from != self.size {
                return Err(Error::Line {
                    path: self.folder.join(&segment.acts.name),
                    line: 1,
                    what: format!(
                        "it begins at position {} where {} is next",
                        segment.from, self.size
                    ),
                });
            }
            self.open = Some((Acts::open(self.folder, segment)?, segment.to));
            self.ahead.extend(lines::commits(self.folder, segment)?);
        }
    }
}

impl Stretches for Files<'_> {
    fn next(&mut self) -> BoxFuture<'_, Result<Option<Stretch>, comity_register::Error>> {
        let next = self.stretch();
        Box::pin(async { next.map_err(|error| stopped(&mut self.fault, error)) })
    }
}

fn stopped(kept: &mut Option<Error>, error: Error) -> comity_register::Error {
    let source = error.to_string().into();
    *kept = Some(error);
    comity_register::Error::History { source }
}

/// Copies what a register holds now into an empty one, byte for byte, with the same batches. All or nothing; the
/// source is only read.
///
/// # Errors
/// The source is not in order, or the target is not empty.
pub async fn copy(
    source: &dyn Register,
    target: &dyn Register,
    mut progress: impl FnMut(u64) + Send,
) -> Result<Head, Error> {
    let head = source.head().await?;
    let mut live = Live {
        source: Source::new(source, Frontier::new()),
        history: History::new(),
        end: head,
        fault: None,
        progress: &mut progress,
    };
    let filled = target.fill(&mut live).await;
    match (filled, live.fault) {
        (_, Some(fault)) => Err(fault),
        (filled, None) => Ok(filled?),
    }
}

/// The records of a register up to a head, as a history.
struct Live<'a> {
    source: Source<'a>,
    history: History,
    end: Head,
    fault: Option<Error>,
    progress: &'a mut (dyn FnMut(u64) + Send),
}

impl Live<'_> {
    async fn stretch(&mut self) -> Result<Option<Stretch>, Error> {
        let Some((page, commits)) = self.source.next(self.end.size).await? else {
            let found = self.history.end().map_err(Error::Source)?;
            return if found == self.end {
                Ok(None)
            } else {
                Err(Error::End {
                    expected: self.end,
                    found,
                })
            };
        };
        let blobs = page.into_iter().map(|stored| stored.blob).collect();
        let followed = self.history.follow(blobs, commits).map_err(Error::Source)?;
        (self.progress)(self.source.edge.size());
        Ok(Some(followed))
    }
}

impl Stretches for Live<'_> {
    fn next(&mut self) -> BoxFuture<'_, Result<Option<Stretch>, comity_register::Error>> {
        Box::pin(async {
            let next = self.stretch().await;
            next.map_err(|error| stopped(&mut self.fault, error))
        })
    }
}
