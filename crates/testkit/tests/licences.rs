//! Every crate from outside may be passed on with the program, and comes from the public registry.
//! The licences that are accepted, and the crates that are not, stand in `deny.toml`.

use std::{collections::BTreeSet, process::Command};

use serde_json::Value;

const DENY_FILE: &str = include_str!("../../../deny.toml");

#[test]
fn every_crate_from_outside_has_a_licence_that_we_accept() {
    let accepted = quoted_after(DENY_FILE, "allow = [", "");
    assert!(
        accepted.contains("MIT"),
        "deny.toml lists the accepted licences one a line"
    );
    let refused: Vec<String> = packages_from_outside()
        .iter()
        .filter(|package| !is_accepted(package["license"].as_str().unwrap_or("none"), &accepted))
        .map(|package| format!("{} is under {}", package["name"], package["license"]))
        .collect();
    assert_eq!(refused, Vec::<String>::new());
}

#[test]
fn no_crate_comes_past_the_registry() {
    let strays: Vec<String> = packages_from_outside()
        .iter()
        .filter(|package| {
            !package["source"]
                .as_str()
                .is_some_and(|source| source.starts_with("registry+"))
        })
        .map(|package| format!("{} comes from {}", package["name"], package["source"]))
        .collect();
    assert_eq!(strays, Vec::<String>::new());
}

#[test]
fn no_crate_that_we_decided_against_is_in_the_build() {
    let unwanted = quoted_after(DENY_FILE, "deny = [", "{ crate = ");
    assert!(
        unwanted.contains("openssl-sys"),
        "deny.toml lists the refused crates one a line"
    );
    let found: Vec<String> = packages_from_outside()
        .iter()
        .map(|package| {
            package["name"]
                .as_str()
                .expect("a package has a name")
                .to_string()
        })
        .filter(|name| unwanted.contains(name.as_str()))
        .collect();
    assert_eq!(found, Vec::<String>::new());
}

#[test]
fn one_accepted_licence_of_several_to_choose_from_is_enough_and_all_of_several_at_once_are_needed()
{
    let accepted = BTreeSet::from(["MIT", "ISC", "Apache-2.0 WITH LLVM-exception"]);
    for (licence, expected) in [
        ("MIT", true),
        ("GPL-3.0-only", false),
        ("none", false),
        ("GPL-3.0-only OR MIT", true),
        ("GPL-3.0-only/MIT", true),
        ("GPL-3.0-only / MIT", true),
        ("MIT AND GPL-3.0-only", false),
        ("MIT AND ISC", true),
        ("(MIT OR GPL-3.0-only) AND ISC", true),
        ("(MIT OR ISC) AND GPL-3.0-only", false),
        ("GPL-3.0-only OR MIT AND ISC", true),
        ("Apache-2.0", false),
        ("Apache-2.0 WITH LLVM-exception OR Apache-2.0", true),
    ] {
        assert_eq!(is_accepted(licence, &accepted), expected, "{licence}");
    }
}

/// Reads a licence expression: AND binds closer than OR, and an older spelling of OR is a slash.
fn is_accepted(licence: &str, accepted: &BTreeSet<&str>) -> bool {
    let licence = licence.trim();
    let any = split_outside_brackets(&licence.replace('/', " OR "), " OR ");
    if any.len() > 1 {
        return any.iter().any(|part| is_accepted(part, accepted));
    }
    let all = split_outside_brackets(licence, " AND ");
    if all.len() > 1 {
        return all.iter().all(|part| is_accepted(part, accepted));
    }
    match licence
        .strip_prefix('(')
        .and_then(|rest| rest.strip_suffix(')'))
    {
        Some(inner) => is_accepted(inner, accepted),
        None => accepted.contains(licence),
    }
}

fn split_outside_brackets(text: &str, separator: &str) -> Vec<String> {
    let (mut parts, mut depth, mut start) = (Vec::new(), 0_usize, 0);
    for (index, character) in text.char_indices() {
        match character {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            _ if depth == 0 && index >= start && text[index..].starts_with(separator) => {
                parts.push(text[start..index].to_string());
                start = index + separator.len();
            }
            _ => {}
        }
    }
    parts.push(text[start..].to_string());
    parts
}

/// The first quoted text of each line of a list, where the line begins with `prefix`.
fn quoted_after<'file>(file: &'file str, list_start: &str, prefix: &str) -> BTreeSet<&'file str> {
    file.lines()
        .skip_while(|line| *line != list_start)
        .skip(1)
        .take_while(|line| *line != "]")
        .filter_map(|line| {
            line.trim()
                .strip_prefix(prefix)?
                .strip_prefix('"')?
                .split('"')
                .next()
        })
        .collect()
}

fn packages_from_outside() -> Vec<Value> {
    // Crates of other platforms are not there after a build, and are fetched where they are not.
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version", "1", "--locked"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .expect("cargo runs");
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let metadata: Value = serde_json::from_slice(&output.stdout).expect("cargo metadata is JSON");
    let packages = metadata["packages"]
        .as_array()
        .expect("cargo metadata lists packages");
    let outside: Vec<Value> = packages
        .iter()
        .filter(|package| !package["source"].is_null())
        .cloned()
        .collect();
    assert!(
        !outside.is_empty(),
        "cargo metadata lists what comes from outside"
    );
    outside
}
