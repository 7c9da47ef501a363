//! Lists the built assets under `assets/dist/`, so that the program carries them as bytes.

use std::fmt::Write;
use std::path::PathBuf;

#[expect(
    clippy::disallowed_methods,
    reason = "cargo speaks to a build script through the environment"
)]
fn main() {
    let folder = PathBuf::from(
        std::env::var("CARGO_MANIFEST_DIR").expect("cargo sets the folder of the crate"),
    )
    .join("../../assets/dist");
    println!("cargo::rerun-if-changed={}", folder.display());
    println!("cargo::rerun-if-changed=templates");
    let folder = folder
        .canonicalize()
        .expect("assets/dist is part of the checkout");
    let mut files: Vec<PathBuf> = std::fs::read_dir(&folder)
        .expect("assets/dist can be listed")
        .map(|entry| {
            entry
                .expect("a folder that was just opened can be listed")
                .path()
        })
        .filter(|path| path.is_file())
        .collect();
    files.sort();
    let mut code = String::from("const FILES: &[(&str, &[u8])] = &[\n");
    for path in files {
        println!("cargo::rerun-if-changed={}", path.display());
        let name = path
            .file_name()
            .expect("a file has a name")
            .to_string_lossy();
        writeln!(
            code,
            "    ({name:?}, include_bytes!({:?})),",
            path.to_string_lossy()
        )
        .expect("a string takes any text");
    }
    code.push_str("];\n");
    let out = std::env::var("OUT_DIR").expect("cargo sets the folder for output");
    std::fs::write(PathBuf::from(out).join("assets.rs"), code)
        .expect("cargo's folder for output can be written");
}
