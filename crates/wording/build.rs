//! Lists the catalogues under `locales/`, so that a new file needs no change in the code.

use std::fmt::Write;
use std::path::PathBuf;

#[expect(
    clippy::disallowed_methods,
    reason = "cargo speaks to a build script through the environment"
)]
fn main() {
    let root = PathBuf::from(
        std::env::var("CARGO_MANIFEST_DIR").expect("cargo sets the folder of the crate"),
    )
    .join("../../locales");
    let mut code = String::new();
    for (name, folder) in [("SPANISH", "es"), ("ENGLISH", "en")] {
        let folder = root.join(folder);
        println!("cargo::rerun-if-changed={}", folder.display());
        let mut files: Vec<PathBuf> = std::fs::read_dir(&folder)
            .expect("each language has a folder of catalogues")
            .map(|entry| {
                entry
                    .expect("a folder that was just opened can be listed")
                    .path()
            })
            .filter(|path| path.extension().is_some_and(|extension| extension == "ftl"))
            .collect();
        files.sort();
        writeln!(code, "pub(crate) const {name}: &[(&str, &str)] = &[")
            .expect("a string takes any text");
        for path in files {
            println!("cargo::rerun-if-changed={}", path.display());
            let path = path.canonicalize().expect("a file that was just listed");
            let stem = path
                .file_stem()
                .expect("a file that ends in .ftl has a stem")
                .to_string_lossy()
                .into_owned();
            writeln!(
                code,
                "    ({stem:?}, include_str!({:?})),",
                path.to_string_lossy()
            )
            .expect("a string takes any text");
        }
        writeln!(code, "];").expect("a string takes any text");
    }
    let out = std::env::var("OUT_DIR").expect("cargo sets the folder for output");
    std::fs::write(PathBuf::from(out).join("catalogues.rs"), code)
        .expect("cargo's folder for output can be written");
}
