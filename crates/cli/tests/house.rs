//! The house as a failing test: which crate may know which, and that the documents name what is there.

#![expect(
    clippy::unwrap_used,
    reason = "what a test cannot do without, it may demand"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use cargo_metadata::{DependencyKind, MetadataCommand};

/// Layer by layer, what each crate may depend on. Arrows point down only.
const MAY_KNOW: &[(&str, &[&str])] = &[
    ("calendar", &[]),
    ("rules", &["calendar"]),
    ("conference", &["calendar", "rules"]),
    ("record", &["calendar", "rules", "conference"]),
    ("policy", &["conference", "rules"]),
    ("access", &["policy", "rules"]),
    ("view", &["conference", "policy", "rules", "calendar"]),
    ("register", &[]),
    ("archive", &["register"]),
    ("directory", &[]),
    ("entrance", &["directory"]),
    ("contacts", &[]),
    ("files", &[]),
    ("openid", &[]),
    ("passkeys", &[]),
    ("passwords", &[]),
    ("post", &["calendar", "directory", "wording"]),
    ("library", &["calendar"]),
    ("sqlite", &["directory", "register"]),
    ("postgres", &["directory", "register"]),
    ("wording", &["calendar"]),
    (
        "registrar",
        &[
            "calendar",
            "conference",
            "policy",
            "register",
            "rules",
            "view",
        ],
    ),
    (
        "web",
        &[
            "contacts",
            "registrar",
            "view",
            "wording",
            "library",
            "calendar",
        ],
    ),
    (
        "cli",
        &[
            "access",
            "archive",
            "calendar",
            "conference",
            "contacts",
            "directory",
            "entrance",
            "files",
            "openid",
            "passkeys",
            "passwords",
            "post",
            "library",
            "policy",
            "postgres",
            "record",
            "register",
            "registrar",
            "rules",
            "sqlite",
            "view",
            "web",
            "wording",
        ],
    ),
];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../..")
        .canonicalize()
        .unwrap()
}

/// Each crate of the house with the crates of the house that it depends on; tests may reach further down, never up.
fn knows() -> BTreeMap<String, BTreeSet<String>> {
    let metadata = MetadataCommand::new()
        .current_dir(root())
        .no_deps()
        .other_options(["--offline".to_owned()])
        .exec()
        .unwrap();
    let name = |package: &str| package.strip_prefix("comity-").map(str::to_owned);
    metadata
        .packages
        .iter()
        .filter_map(|package| {
            let dependencies = package
                .dependencies
                .iter()
                .filter(|dependency| dependency.kind == DependencyKind::Normal);
            Some((
                name(&package.name)?,
                dependencies
                    .filter_map(|dependency| name(&dependency.name))
                    .collect(),
            ))
        })
        .collect()
}

#[test]
fn arrows_point_down_only() {
    let allowed: BTreeMap<&str, BTreeSet<&str>> = MAY_KNOW
        .iter()
        .map(|(name, may)| (*name, may.iter().copied().collect()))
        .collect();
    for (name, known) in knows() {
        if ["bench", "browser-tests", "drills", "policy-proofs"].contains(&name.as_str()) {
            continue;
        }
        let may = allowed
            .get(name.as_str())
            .unwrap_or_else(|| panic!("`{name}` has no row in the table: say what it may know"));
        for other in known {
            assert!(
                may.contains(other.as_str()),
                "`{name}` must not know `{other}`"
            );
        }
    }
}

#[test]
fn every_row_of_the_table_is_a_crate() {
    let crates = knows();
    for (name, _) in MAY_KNOW {
        assert!(
            crates.contains_key(*name),
            "`{name}` is in the table and not in the house"
        );
    }
}

#[test]
fn the_architecture_page_names_every_crate_and_no_other() {
    let page = std::fs::read_to_string(root().join("docs/ARCHITECTURE.md")).unwrap();
    let named: BTreeSet<&str> = page
        .lines()
        .filter_map(|line| line.strip_prefix("| `")?.split('`').next())
        .collect();
    let crates: BTreeSet<&str> = MAY_KNOW.iter().map(|(name, _)| *name).collect();
    assert_eq!(named, crates);
}

/// The core has no clock, no chance, no I/O, no SQL, no HTML.
#[test]
fn the_core_depends_on_nothing_that_acts() {
    let metadata = MetadataCommand::new()
        .current_dir(root())
        .no_deps()
        .other_options(["--offline".to_owned()])
        .exec()
        .unwrap();
    for package in &metadata.packages {
        let Some(name) = package.name.strip_prefix("comity-") else {
            continue;
        };
        if ![
            "calendar",
            "rules",
            "conference",
            "record",
            "contacts",
            "policy",
            "access",
            "view",
        ]
        .contains(&name)
        {
            continue;
        }
        for dependency in package
            .dependencies
            .iter()
            .filter(|dependency| dependency.kind == DependencyKind::Normal)
        {
            for acting in [
                "tokio",
                "sqlx",
                "axum",
                "askama",
                "getrandom",
                "tracing",
                "futures-util",
            ] {
                assert_ne!(dependency.name, acting, "`{name}` is of the core");
            }
        }
    }
}

/// Nothing about one process is compiled into any crate: it comes from the rules and the record.
#[test]
fn no_crate_names_a_process() {
    let mut found = Vec::new();
    for crate_folder in std::fs::read_dir(root().join("crates")).unwrap() {
        let folder = crate_folder.unwrap().path();
        if folder.ends_with("cli") {
            continue;
        }
        walk(&folder.join("src"), &mut |path| {
            let text = std::fs::read_to_string(path).unwrap();
            let code = text.split("#[cfg(test)]").next().unwrap_or_default();
            for (number, line) in code.lines().enumerate() {
                let trimmed = line.trim_start();
                if trimmed.starts_with("//") {
                    continue;
                }
                for word in ["Puebla", "\"rcm", "\"RCM", "\"CRM", "\"honduras"] {
                    if line.contains(word) {
                        found.push(format!("{}:{}: {}", path.display(), number + 1, trimmed));
                    }
                }
            }
        });
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

/// A register that does not wait for the disk is for drills: nothing that can be configured leads to it.
#[test]
fn only_the_drills_open_a_register_without_sync() {
    let mut naming = Vec::new();
    for folder in ["crates", "bench", "drills"] {
        walk(&root().join(folder), &mut |path| {
            let text = std::fs::read_to_string(path).unwrap();
            if text.contains("open_unsafely_without_sync") {
                naming.push(path.strip_prefix(root()).unwrap().display().to_string());
            }
        });
    }
    naming.sort();
    assert_eq!(
        naming,
        [
            "crates/cli/tests/house.rs",
            "crates/sqlite/src/register.rs",
            "drills/src/node.rs"
        ]
    );
}

/// Links between the documents lead somewhere.
#[test]
fn links_between_documents_hold() {
    let mut broken = Vec::new();
    let mut pages = vec![
        root().join("README.md"),
        root().join("CONTRIBUTING.md"),
        root().join("CHANGELOG.md"),
    ];
    walk(&root().join("docs"), &mut |path| {
        pages.push(path.to_owned());
    });
    for page in pages
        .iter()
        .filter(|page| page.extension().is_some_and(|extension| extension == "md"))
    {
        let text = std::fs::read_to_string(page).unwrap();
        for target in text
            .split("](")
            .skip(1)
            .filter_map(|rest| rest.split(')').next())
        {
            let path = target.split('#').next().unwrap_or_default();
            if path.is_empty() || path.contains("://") || path.starts_with("mailto:") {
                continue;
            }
            if !page.parent().unwrap().join(path).exists() {
                broken.push(format!("{}: {target}", page.display()));
            }
        }
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

fn walk(folder: &Path, visit: &mut dyn FnMut(&Path)) {
    let Ok(entries) = std::fs::read_dir(folder) else {
        return;
    };
    for entry in entries.flatten() {
        let path = entry.path();
        if path.is_dir() {
            walk(&path, visit);
        } else if path
            .extension()
            .is_some_and(|extension| extension == "rs" || extension == "md")
        {
            visit(&path);
        }
    }
}
