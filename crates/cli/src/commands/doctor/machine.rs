//! The machine: its clock, the disk and the file system of the folder.

use std::path::Path;

use comity_registrar::{Clock, SystemClock, Timestamp};

use super::Finding;

/// Below this a register soon cannot be written.
const FREE_BYTES_LOW: u64 = 1 << 30;

/// The program was not built before this day: a clock that shows less is wrong.
const BUILT_AFTER: &str = "2026-01-01T00:00:00Z";

/// On these SQLite's locks or the promise that a synced write outlives a crash do not hold.
const FILE_SYSTEMS_SHARED: [&str; 8] = [
    "nfs",
    "nfs4",
    "cifs",
    "smb3",
    "9p",
    "fuse.sshfs",
    "ceph",
    "glusterfs",
];

/// These live in memory.
const FILE_SYSTEMS_VOLATILE: [&str; 2] = ["tmpfs", "ramfs"];

pub(super) fn clock() -> Finding {
    let now = SystemClock.now();
    let built: Timestamp = BUILT_AFTER.parse().expect("a well-formed instant");
    if now < built {
        return Finding::Bad {
            what: format!("the machine's clock shows {now}"),
            hint: "set the clock; acts are dated by it".to_owned(),
        };
    }
    Finding::Good(format!("the machine's clock shows {now:.0}"))
}

pub(super) fn folder(folder: &Path) -> Vec<Finding> {
    let mounts = std::fs::read_to_string("/proc/self/mountinfo").unwrap_or_default();
    let mount = folder
        .canonicalize()
        .ok()
        .and_then(|path| Mount::of(&mounts, &path));
    let findings = [
        Some(rights(folder)),
        free_space(folder),
        mount.map(Mount::finding),
    ];
    findings.into_iter().flatten().collect()
}

fn rights(folder: &Path) -> Finding {
    match std::fs::metadata(folder) {
        Err(error) => Finding::Bad {
            what: format!("the folder `{}` cannot be read: {error}", folder.display()),
            hint: "run `comity init`, or mend its rights".to_owned(),
        },
        Ok(_) if rustix::fs::access(folder, rustix::fs::Access::WRITE_OK).is_err() => {
            Finding::Bad {
                what: format!("the folder `{}` cannot be written", folder.display()),
                hint: "give the program's user the right to write it".to_owned(),
            }
        }
        Ok(_) => Finding::Good(format!("the folder `{}` is there", folder.display())),
    }
}

fn free_space(folder: &Path) -> Option<Finding> {
    let free = rustix::fs::statvfs(folder)
        .ok()
        .map(|stat| stat.f_bavail.saturating_mul(stat.f_frsize))?;
    let words = format!(
        "{} MiB free on the disk of `{}`",
        free >> 20,
        folder.display()
    );
    if free < FREE_BYTES_LOW {
        return Some(Finding::Care {
            what: words,
            hint: "make room: a full disk refuses acts, though nothing is lost".to_owned(),
        });
    }
    Some(Finding::Good(words))
}

/// Where a folder lives, as the kernel tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Mount<'a> {
    kind: &'a str,
    options: &'a str,
}

impl<'a> Mount<'a> {
    /// The mount that holds the path, out of `/proc/self/mountinfo`: the deepest, and of several the last.
    fn of(mounts: &'a str, path: &Path) -> Option<Self> {
        let candidates = mounts.lines().filter_map(|line| {
            let (place, about) = line.split_once(" - ")?;
            let point = place.split(' ').nth(4)?.replace("\\040", " ");
            let mut about = about.split(' ');
            let (kind, _, options) = (about.next()?, about.next()?, about.next()?);
            path.starts_with(&point)
                .then_some((point.len(), Self { kind, options }))
        });
        candidates
            .max_by_key(|(depth, _)| *depth)
            .map(|(_, mount)| mount)
    }

    fn finding(self) -> Finding {
        let Self { kind, options } = self;
        if FILE_SYSTEMS_VOLATILE.contains(&kind) {
            return Finding::Bad {
                what: format!("the folder is in memory ({kind})"),
                hint: "move it to a disk: nothing in memory outlives a restart".to_owned(),
            };
        }
        if FILE_SYSTEMS_SHARED.contains(&kind) {
            return Finding::Bad {
                what: format!("the folder is on a network or shared file system ({kind})"),
                hint: "move it to a local disk, or keep the register in PostgreSQL".to_owned(),
            };
        }
        let unsafe_options = ["nobarrier", "barrier=0"];
        if let Some(option) = options
            .split(',')
            .find(|option| unsafe_options.contains(option))
        {
            return Finding::Care {
                what: format!("the file system ({kind}) is mounted with `{option}`"),
                hint: "mount it without: a power failure may lose what was acknowledged".to_owned(),
            };
        }
        Finding::Good(format!("the folder is on a local file system ({kind})"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MOUNTS: &str = "22 1 254:0 / / rw,relatime - ext4 /dev/vda rw\n\
        40 22 0:35 / /srv rw - nfs4 host:/export rw,vers=4.2\n\
        41 40 254:16 / /srv/own\\040disk rw,noatime shared:1 - xfs /dev/vdb rw,nobarrier\n\
        42 22 0:36 / /dev/shm rw - tmpfs tmpfs rw\n";

    fn found(path: &str) -> String {
        match Mount::of(MOUNTS, Path::new(path))
            .expect("a mount")
            .finding()
        {
            Finding::Good(what) => format!("ok {what}"),
            Finding::Care { what, .. } => format!("care {what}"),
            Finding::Bad { what, .. } => format!("bad {what}"),
        }
    }

    #[test]
    fn a_folder_is_judged_by_the_deepest_mount_that_holds_it() {
        assert_eq!(
            found("/var/lib/data"),
            "ok the folder is on a local file system (ext4)"
        );
        assert_eq!(
            found("/srv/data"),
            "bad the folder is on a network or shared file system (nfs4)"
        );
        assert_eq!(
            found("/srv/own disk/data"),
            "care the file system (xfs) is mounted with `nobarrier`"
        );
        assert_eq!(
            found("/dev/shm/data"),
            "bad the folder is in memory (tmpfs)"
        );
        // A name that only begins alike is another place.
        assert_eq!(
            found("/srvdata"),
            "ok the folder is on a local file system (ext4)"
        );
        assert_eq!(Mount::of("", Path::new("/srv")), None);
    }
}
