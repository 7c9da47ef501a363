//! Small registers, and folders compared byte by byte.

use std::collections::BTreeMap;
use std::path::Path;

use comity_register::conformance::record;
use comity_register::{Appended, MemoryRegister, Register, verify};

/// Appends batches that end at these sizes.
pub async fn grow(register: &MemoryRegister, sizes: &[u64]) {
    for size in sizes {
        let head = register.head().await.unwrap();
        let batch = (head.size..*size)
            .map(|position| record("a", position))
            .collect();
        assert!(matches!(
            register.append(head, batch).await.unwrap(),
            Appended::Committed(_)
        ));
    }
}

pub async fn register(sizes: &[u64]) -> MemoryRegister {
    let register = MemoryRegister::new();
    grow(&register, sizes).await;
    register
}

/// Both hold the same bytes in the same batches, and both verify.
pub async fn same(left: &MemoryRegister, right: &MemoryRegister) {
    for register in [left, right] {
        verify(register, |_| {})
            .await
            .unwrap_or_else(|fault| panic!("{fault}"));
    }
    assert_eq!(
        left.read(0, 1000).await.unwrap(),
        right.read(0, 1000).await.unwrap()
    );
    assert_eq!(
        left.commits(0, 1000).await.unwrap(),
        right.commits(0, 1000).await.unwrap()
    );
}

/// Every file below a folder with its bytes.
pub fn content(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in std::fs::read_dir(next).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path
                    .strip_prefix(folder)
                    .unwrap()
                    .to_str()
                    .unwrap()
                    .to_owned();
                found.insert(name, std::fs::read(&path).unwrap());
            }
        }
    }
    found
}
