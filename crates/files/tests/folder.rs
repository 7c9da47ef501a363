//! What can go wrong with a folder.

#![expect(
    clippy::unwrap_used,
    reason = "what a test cannot do without, it may demand"
)]

use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::{Path, PathBuf};

use bytes::Bytes;
use comity_files::{Error, Files, Folder, Hash};

fn place(root: &Path, hash: &Hash) -> PathBuf {
    let name = hash.to_string();
    root.join(&name[..2]).join(&name[2..4]).join(name)
}

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap();
    let mut names: Vec<String> = entries
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

async fn put(folder: &Folder, content: &'static [u8]) -> Result<Hash, Error> {
    folder.put(Bytes::from_static(content)).await
}

#[tokio::test]
async fn a_file_is_for_its_owner_alone() {
    let root = tempfile::tempdir().unwrap();
    let root = root.path().join("files");
    let folder = Folder::open(&root).unwrap();
    let hash = put(&folder, b"a note").await.unwrap();
    let place = place(&root, &hash);
    assert_eq!(fs::read(&place).unwrap(), b"a note");
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&place), 0o600);
    for folder in place.ancestors().skip(1).take(3) {
        assert_eq!(mode(folder), 0o700, "{folder:?}");
    }
    assert_eq!(names(&root.join("new")), [""; 0]);
}

#[tokio::test]
async fn a_damaged_file_is_named_and_mended_by_putting_it_again() {
    let root = tempfile::tempdir().unwrap();
    let folder = Folder::open(root.path()).unwrap();
    let hash = put(&folder, b"a note").await.unwrap();
    for damage in [b"b note".as_slice(), b"a not", b""] {
        fs::write(place(root.path(), &hash), damage).unwrap();
        let error = folder.get(&hash).await.unwrap_err();
        assert!(matches!(&error, Error::Damaged { hash: named, .. } if *named == hash));
        let place = root.path().display().to_string();
        assert!(error.to_string().contains(&place), "{error}");
        assert!(folder.has(&hash).await.unwrap());
        put(&folder, b"a note").await.unwrap();
        let mended = folder.get(&hash).await.unwrap().unwrap();
        assert_eq!(mended, b"a note".as_slice());
    }
}

#[tokio::test]
async fn what_a_crash_left_is_swept_and_what_is_being_written_is_not() {
    let root = tempfile::tempdir().unwrap();
    let folder = Folder::open(root.path()).unwrap();
    let hash = put(&folder, b"a note").await.unwrap();
    let new = root.path().join("new");
    fs::write(new.join("left"), b"a no").unwrap();
    fs::write(new.join("busy"), b"a no").unwrap();
    let busy = fs::File::open(new.join("busy")).unwrap();
    busy.lock().unwrap();
    Folder::open(root.path()).unwrap();
    assert_eq!(names(&new), ["busy"]);
    drop(busy);
    let again = Folder::open(root.path()).unwrap();
    assert_eq!(names(&new), [""; 0]);
    assert!(again.get(&hash).await.unwrap().is_some());
}

#[tokio::test]
async fn openings_do_not_disturb_who_writes() {
    let root = tempfile::tempdir().unwrap();
    let folder = Folder::open(root.path()).unwrap();
    let path = root.path().to_owned();
    let opening = tokio::task::spawn_blocking(move || {
        for _ in 0..50 {
            Folder::open(&path).unwrap();
        }
    });
    for number in 0..50_u8 {
        folder.put(Bytes::from(vec![number])).await.unwrap();
    }
    opening.await.unwrap();
    assert_eq!(folder.list(None, 100).await.unwrap().len(), 50);
}

#[tokio::test]
async fn a_folder_that_cannot_be_written_says_which() {
    let root = tempfile::tempdir().unwrap();
    // A file where a folder is to be hinders everybody, whatever the rights.
    let blocked = root.path().join("blocked");
    fs::write(&blocked, b"").unwrap();
    let error = Folder::open(&blocked).unwrap_err();
    assert!(error.to_string().contains("blocked"), "{error}");

    let folder = Folder::open(root.path().join("files")).unwrap();
    let name = Hash::of(b"a note").to_string();
    let way = root.path().join("files").join(&name[..2]);
    fs::write(&way, b"").unwrap();
    let error = put(&folder, b"a note").await.unwrap_err();
    assert!(matches!(error, Error::Folder { .. }), "{error}");
    assert!(folder.check().await.is_ok());

    fs::remove_dir_all(root.path().join("files/new")).unwrap();
    fs::write(root.path().join("files/new"), b"").unwrap();
    for error in [
        put(&folder, b"another").await.unwrap_err(),
        folder.check().await.unwrap_err(),
    ] {
        assert!(error.to_string().contains("files/new"), "{error}");
    }
}

#[tokio::test]
async fn links_are_not_followed() {
    let root = tempfile::tempdir().unwrap();
    let (files, elsewhere) = (root.path().join("files"), root.path().join("elsewhere"));
    let folder = Folder::open(&files).unwrap();
    let hash = put(&folder, b"a note").await.unwrap();
    let place = place(&files, &hash);
    fs::rename(&place, &elsewhere).unwrap();
    symlink(&elsewhere, &place).unwrap();
    assert!(folder.get(&hash).await.is_err());
    assert!(!folder.has(&hash).await.unwrap());
    assert_eq!(folder.list(None, 9).await.unwrap(), []);
    // Removing it removes the link.
    folder.remove(&hash).await.unwrap();
    assert!(elsewhere.exists());

    let first = files.join(&hash.to_string()[..2]);
    fs::rename(&first, root.path().join("aside")).unwrap();
    symlink(root.path().join("aside"), &first).unwrap();
    assert!(folder.get(&hash).await.is_err());
    assert!(put(&folder, b"a note").await.is_err());
    assert_eq!(folder.list(None, 9).await.unwrap(), []);
}

#[tokio::test]
async fn what_is_none_of_ours_is_in_no_list() {
    let root = tempfile::tempdir().unwrap();
    let folder = Folder::open(root.path()).unwrap();
    let hash = put(&folder, b"a note").await.unwrap();
    let around = place(root.path(), &hash);
    let around = around.parent().unwrap();
    fs::write(around.join("README"), b"").unwrap();
    fs::write(around.join(Hash::of(b"stray").to_string()), b"stray").unwrap();
    fs::create_dir(root.path().join("lost+found")).unwrap();
    fs::write(root.path().join("ab"), b"").unwrap_or_default();
    assert_eq!(folder.list(None, 9).await.unwrap(), [hash]);
}
