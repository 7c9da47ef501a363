//! Lists the files under `rules/` and `record/`, so that the program carries them as bytes.

use std::fmt::Write;
use std::path::{Path, PathBuf};

#[expect(
    clippy::disallowed_methods,
    reason = "cargo speaks to a build script through the environment"
)]
fn main() {
    let root = PathBuf::from(
        std::env::var("CARGO_MANIFEST_DIR").expect("cargo sets the folder of the crate"),
    )
    .join("../..");
    let mut code = String::new();
    for (name, folder) in [("RULES", "rules"), ("RECORD", "record")] {
        let folder_path = root.join(folder);
        println!("cargo::rerun-if-changed={}", folder_path.display());
        let mut files = Vec::new();
        walk(&folder_path, &folder_path, &mut files);
        files.sort();
        writeln!(code, "pub const {name}: &[(&str, &str)] = &[").expect("a string takes any text");
        for (name, path) in files {
            writeln!(code, "    ({name:?}, include_str!({path:?})),")
                .expect("a string takes any text");
        }
        writeln!(code, "];").expect("a string takes any text");
    }
    let out = PathBuf::from(std::env::var("OUT_DIR").expect("cargo sets the folder for output"))
        .join("embedded.rs");
    std::fs::write(out, code).expect("cargo's folder for output can be written");
}

fn walk(root: &Path, folder: &Path, files: &mut Vec<(String, String)>) {
    let Ok(entries) = std::fs::read_dir(folder) else {
        return;
    };
    for entry in entries.flatten() {
        let path = entry.path();
        if path.is_dir() {
            println!("cargo::rerun-if-changed={}", path.display());
            walk(root, &path, files);
        } else if path.extension().is_some_and(|extension| {
            ["toml", "cedar", "cedarschema", "tsv"]
                .iter()
                .any(|known| extension == *known)
        }) {
            let name = path
                .strip_prefix(root)
                .expect("a file of the folder")
                .to_string_lossy()
                .replace('\\', "/");
            let path = path.canonicalize().expect("a file that was just listed");
            files.push((name, path.to_string_lossy().into_owned()));
        }
    }
}
