//! An export goes out and comes back; what was changed on the way is refused with its name.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod given;

use std::path::Path;

use comity_archive::{Cut, Error, Export, NewExport, copy, is_backup, is_export, refill};
use comity_register::{Checkpoint, Head, MemoryRegister, Register};
use tempfile::TempDir;

use given::{content, grow, register, same};

const ORIGIN: &str = "river/register/0123";

async fn export(register: &MemoryRegister, out: &Path) {
    let head = register.head().await.unwrap();
    let mut export = NewExport::begin(out, ORIGIN, head).unwrap();
    export
        .add("collections/members.csv", b"id,name\r\n")
        .unwrap();
    export.add("README.txt", b"what this is\n").unwrap();
    export.acts(register, |_| {}).await.unwrap();
    export.finish().unwrap();
}

async fn import(folder: &Path, register: &MemoryRegister) -> Result<Head, Error> {
    let export = Export::open(folder, |_, _| {})?;
    refill(register, folder, export.segments(), Cut::Nothing, |_| {}).await
}

/// An export of acts and commits as given, with a manifest that fits them.
async fn forged(
    folder: &TempDir,
    change: impl FnOnce(&mut Vec<String>, &mut Vec<String>),
) -> String {
    let whole = folder.path().join("whole");
    let register = register(&[2, 3, 5]).await;
    if !whole.exists() {
        export(&register, &whole).await;
    }
    let lines = |name: &str| -> Vec<String> {
        let text = std::fs::read_to_string(whole.join(name)).unwrap();
        text.split_inclusive('\n').map(str::to_owned).collect()
    };
    let (mut acts, mut commits) = (lines("acts.jsonl"), lines("commits.csv"));
    change(&mut acts, &mut commits);
    let out = folder.path().join("forged");
    let _ = std::fs::remove_dir_all(&out);
    let mut export = NewExport::begin(&out, ORIGIN, register.head().await.unwrap()).unwrap();
    export.add("acts.jsonl", acts.concat().as_bytes()).unwrap();
    export
        .add("commits.csv", commits.concat().as_bytes())
        .unwrap();
    export
        .add(
            "checkpoint.txt",
            &std::fs::read(whole.join("checkpoint.txt")).unwrap(),
        )
        .unwrap();
    export.finish().unwrap();
    let target = MemoryRegister::new();
    let error = import(&out, &target).await.unwrap_err();
    assert_eq!(
        target.head().await.unwrap(),
        Head::empty(),
        "nothing was written"
    );
    let cause = std::error::Error::source(&error)
        .map(|cause| format!(": {cause}"))
        .unwrap_or_default();
    format!("{error}{cause}").replace(&format!("{}/", out.display()), "")
}

#[tokio::test]
async fn an_export_comes_back_and_goes_out_again_as_the_same_bytes() {
    let folder = TempDir::new().unwrap();
    let (first, second) = (folder.path().join("first"), folder.path().join("second"));
    let source = register(&[2, 3, 9]).await;
    export(&source, &first).await;
    assert!(is_export(&first) && !is_backup(&first));
    let target = MemoryRegister::new();
    let head = import(&first, &target).await.unwrap();
    assert_eq!(head, source.head().await.unwrap());
    same(&source, &target).await;
    export(&target, &second).await;
    assert_eq!(content(&first), content(&second));
    let names: Vec<String> = content(&first).into_keys().collect();
    assert_eq!(
        names,
        [
            "README.txt",
            "acts.jsonl",
            "checkpoint.txt",
            "collections/members.csv",
            "commits.csv",
            "manifest.json"
        ]
    );
}

#[tokio::test]
async fn an_export_is_of_the_head_at_which_it_began() {
    let folder = TempDir::new().unwrap();
    let (early, late) = (folder.path().join("early"), folder.path().join("late"));
    let source = register(&[2, 3]).await;
    export(&source, &early).await;
    let head = source.head().await.unwrap();
    grow(&source, &[4, 7]).await;
    let mut export = NewExport::begin(&late, ORIGIN, head).unwrap();
    export.add("README.txt", b"what this is\n").unwrap();
    export
        .add("collections/members.csv", b"id,name\r\n")
        .unwrap();
    export.acts(&source, |_| {}).await.unwrap();
    export.finish().unwrap();
    assert_eq!(content(&early), content(&late));
}

#[tokio::test]
async fn an_empty_register_goes_out_and_comes_back() {
    let folder = TempDir::new().unwrap();
    let out = folder.path().join("out");
    export(&MemoryRegister::new(), &out).await;
    assert_eq!(
        import(&out, &MemoryRegister::new()).await.unwrap(),
        Head::empty()
    );
}

#[tokio::test]
async fn an_empty_register_with_files_that_are_not_empty_is_refused() {
    let folder = TempDir::new().unwrap();
    for (acts, commits, expected) in [
        ("", "", "the header is not `size,root`"),
        (
            "",
            "size,root\n1,00\n",
            "expected a size and a root in hexadecimal",
        ),
        (
            "{}\n",
            "size,root\n",
            "the line is past the end that the manifest says",
        ),
    ] {
        let out = folder.path().join("out");
        let mut export = NewExport::begin(&out, ORIGIN, Head::empty()).unwrap();
        let checkpoint = Checkpoint::new(ORIGIN, Head::empty()).unwrap().to_string();
        for (name, content) in [
            ("acts.jsonl", acts),
            ("commits.csv", commits),
            ("checkpoint.txt", &checkpoint),
        ] {
            export.add(name, content.as_bytes()).unwrap();
        }
        export.finish().unwrap();
        let error = import(&out, &MemoryRegister::new()).await.unwrap_err();
        assert!(error.to_string().contains(expected), "{error}");
        std::fs::remove_dir_all(&out).unwrap();
    }
}

#[tokio::test]
async fn a_register_is_copied_and_its_source_stays() {
    let (source, target) = (register(&[2, 3, 9]).await, MemoryRegister::new());
    let head = copy(&source, &target, |_| {}).await.unwrap();
    assert_eq!(head, source.head().await.unwrap());
    same(&source, &target).await;
    let error = copy(&source, &target, |_| {}).await.unwrap_err();
    assert_eq!(error.to_string(), "the register holds 9 records already");
}

#[tokio::test]
async fn every_flipped_byte_of_every_file_is_refused_with_its_name() {
    let folder = TempDir::new().unwrap();
    let out = folder.path().join("out");
    export(&register(&[1, 2]).await, &out).await;
    for (name, bytes) in content(&out) {
        let path = out.join(&name);
        for place in 0..bytes.len() {
            let mut flipped = bytes.clone();
            flipped[place] ^= 1;
            std::fs::write(&path, flipped).unwrap();
            let error = Export::open(&out, |_, _| {}).unwrap_err().to_string();
            assert!(
                error.contains(path.to_str().unwrap()),
                "{name}, byte {place}: {error}"
            );
        }
        std::fs::write(&path, bytes).unwrap();
    }
    Export::open(&out, |_, _| {}).unwrap();
}

#[tokio::test]
async fn a_missing_file_and_one_too_many_are_named() {
    let folder = TempDir::new().unwrap();
    let out = folder.path().join("out");
    export(&register(&[1, 2]).await, &out).await;
    let names: Vec<String> = content(&out)
        .into_keys()
        .filter(|name| name != "manifest.json")
        .collect();
    for name in names {
        let (path, aside) = (out.join(&name), folder.path().join("aside"));
        std::fs::rename(&path, &aside).unwrap();
        let error = Export::open(&out, |_, _| {}).unwrap_err();
        assert!(matches!(error, Error::FileMissing { path: found } if found == path));
        std::fs::rename(&aside, &path).unwrap();
    }
    let extra = out.join("collections/letter.txt");
    std::fs::write(&extra, "").unwrap();
    let error = Export::open(&out, |_, _| {}).unwrap_err();
    assert!(matches!(error, Error::FileExtra { path } if path == extra));
}

#[tokio::test]
async fn a_forged_export_is_refused_with_file_and_position() {
    let folder = TempDir::new().unwrap();
    let swapped = forged(&folder, |acts, _| acts.swap(3, 4)).await;
    assert!(
        swapped.starts_with("the history in `acts.jsonl` is not in order: position 3: the record says that it stands at position 4"),
        "{swapped}"
    );
    let missing = forged(&folder, |acts, _| drop(acts.pop())).await;
    assert!(
        missing.contains("position 3: the record is not covered by a commit"),
        "{missing}"
    );
    let extra = forged(&folder, |acts, _| acts.push(acts[4].clone())).await;
    assert_eq!(
        extra,
        "`acts.jsonl`, line 6: the line is past the end that the manifest says"
    );
    let doubled = forged(&folder, |acts, _| acts.insert(1, acts[0].clone())).await;
    assert!(
        doubled.contains("position 1: the record says that it stands at position 0"),
        "{doubled}"
    );
    let open = forged(&folder, |acts, _| assert_eq!(acts[4].pop(), Some('\n'))).await;
    assert_eq!(open, "`acts.jsonl`, line 5: the line does not end");
    let changed = forged(&folder, |acts, _| {
        acts[1] = acts[1].replace("\"session\":16", "\"session\":17");
    })
    .await;
    assert!(
        changed.contains("position 0: from here to size 2 the records do not give the root"),
        "{changed}"
    );
    let header = forged(&folder, |_, commits| commits[0] = "root,size\n".to_owned()).await;
    assert_eq!(
        header,
        "`commits.csv`, line 1: the header is not `size,root`"
    );
    let end = forged(&folder, |_, commits| drop(commits.pop())).await;
    assert!(
        end.contains("position 3: the record is not covered by a commit"),
        "{end}"
    );
    let beyond = forged(&folder, |_, commits| {
        commits.push(commits[3].replacen('5', "6", 1));
    })
    .await;
    assert_eq!(
        beyond,
        "`commits.csv`, line 5: the size is not within the segment"
    );
}

#[tokio::test]
async fn a_folder_in_use_is_left_alone() {
    let folder = TempDir::new().unwrap();
    let out = folder.path().join("out");
    std::fs::create_dir(&out).unwrap();
    // What a crash left is no obstacle.
    std::fs::create_dir(folder.path().join("out.unfinished")).unwrap();
    std::fs::write(folder.path().join("out.unfinished/acts.jsonl"), "half").unwrap();
    export(&register(&[1]).await, &out).await;
    let error = NewExport::begin(&out, ORIGIN, Head::empty()).unwrap_err();
    assert!(matches!(error, Error::NotEmpty { .. }));
}

#[tokio::test]
async fn only_an_empty_register_takes_an_export() {
    let folder = TempDir::new().unwrap();
    let out = folder.path().join("out");
    export(&register(&[1, 3]).await, &out).await;
    let error = import(&out, &register(&[1]).await).await.unwrap_err();
    assert_eq!(error.to_string(), "the register holds 1 records already");
}
