//! Nothing public in this crate is without a test on both engines, and every fixed statement is one
//! that both engines take. Reads the sources, so that a new function fails here until it has one.

use std::{collections::BTreeSet, fs, path::Path};

/// Functions that are about one engine or about both at once, with their tests' names.
const ON_BOTH_AT_ONCE: [(&str, &str); 3] = [
    // From a folder into a server is the only way there is.
    ("copy::copy", "a_folder_becomes_a_server_with_equal_rows"),
    ("schema::columns", "both_engines_have_the_same_tables"),
    ("log::hex", "a_digest_is_written_in_lower_case"),
];

/// Every source under a folder with the name that callers reach it by: that of its file, or of the
/// folder that it stands in.
fn sources(folder: &str) -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let mut found = Vec::new();
    let mut waiting = vec![root.clone()];
    while let Some(folder) = waiting.pop() {
        for file in fs::read_dir(&folder).expect("the folder") {
            let path = file.expect("a file").path();
            if path.is_dir() {
                waiting.push(path);
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                let named = if folder == root { &path } else { &folder };
                let name = named.file_stem().expect("a name").to_string_lossy();
                let text = fs::read_to_string(&path).expect("a source");
                found.push((name.into_owned(), text));
            }
        }
    }
    found.sort();
    found
}

/// `module::function` for every public function that callers outside reach by its module.
fn public_functions() -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    let declared = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("src/lib.rs"))
        .expect("the list of modules");
    for (module, text) in sources("src") {
        if !declared.contains(&format!("pub mod {module};")) {
            continue;
        }
        let mut add = |name: &str| {
            names.insert(format!("{module}::{name}"));
        };
        for line in text.lines() {
            let declared = line
                .strip_prefix("pub async fn ")
                .or_else(|| line.strip_prefix("pub fn "));
            if let Some(declared) = declared {
                add(declared.split(['(', '<']).next().expect("a name"));
            }
            if line.starts_with("versioned_record!(") {
                for name in ["insert", "insert_all", "save", "save_all"] {
                    add(name);
                }
            }
        }
    }
    names
}

/// The test bodies that run on both engines, and the helpers beside them: everything but single
/// tests, which run where they please.
fn bodies_on_both_engines() -> String {
    let mut text = String::new();
    for (_, source) in sources("tests/conformance") {
        let mut single = false;
        for line in source.lines() {
            single |= line == "#[test]";
            if !single {
                text.push_str(line);
                text.push('\n');
            }
            single &= line != "}";
        }
    }
    text
}

fn names_in(text: &str) -> BTreeSet<String> {
    let is_word = |character: char| character.is_alphanumeric() || "_:".contains(character);
    text.split(|character| !is_word(character))
        .filter(|word| word.contains("::"))
        .map(str::to_owned)
        .collect()
}

#[test]
fn every_public_function_is_called_in_a_test_that_runs_on_both_engines() {
    let functions = public_functions();
    assert!(functions.len() > 150, "{} functions found", functions.len());
    let called = names_in(&bodies_on_both_engines());
    let every_test: String = sources("tests/conformance")
        .into_iter()
        .map(|(_, text)| text)
        .collect();
    let missing: Vec<&String> = functions
        .iter()
        .filter(|function| !called.contains(*function))
        .filter(|function| {
            !ON_BOTH_AT_ONCE
                .iter()
                .any(|(name, test)| name == function && every_test.contains(&format!("fn {test}")))
        })
        .collect();
    assert!(
        missing.is_empty(),
        "without a test on both engines: {missing:?}"
    );
}

#[test]
fn a_digest_is_written_in_lower_case() {
    assert_eq!(storage::log::hex(&[0, 0x0f, 0xf0, 0xab]), "000ff0ab");
}

/// The text of every `const NAME: &str = "..."` that is a statement, with its name.
fn fixed_statements() -> Vec<(String, String)> {
    let mut statements = Vec::new();
    for (module, text) in sources("src") {
        // A part that several statements share is written in where it stands.
        let text = text.replace(
            "\",\n    took_place_sql!(),\n    \"",
            "uses.outcome is null",
        );
        for part in text.split("const ").skip(1) {
            let Some((name, rest)) = part.split_once(": &str =") else {
                continue;
            };
            let Some((_, rest)) = rest.split_once('"') else {
                continue;
            };
            let mut statement = String::new();
            let mut characters = rest.chars();
            while let Some(character) = characters.next() {
                match character {
                    '"' => break,
                    '\\' => statement.extend(characters.next()),
                    other => statement.push(other),
                }
            }
            let first = statement.split_whitespace().next().unwrap_or_default();
            if ["select", "insert", "update", "delete", "with"].contains(&first) {
                statements.push((format!("{module}::{name}"), statement));
            }
        }
    }
    statements
}

testkit::on_both_engines! {
    async fn every_fixed_statement_is_one_that_the_engine_takes(db: TestDb) {
        use sea_orm::ConnectionTrait;
        // The beginnings of longer statements, and questions about one engine's own catalog.
        const LEFT_OUT: [&str; 7] = ["leveraging::FACET_TABLES", "projection::WHOLE", "tag::OF_RECORDS", "schema::COLUMNS_SQLITE", "schema::COLUMNS_POSTGRES", "schema::KEYS_SQLITE", "schema::KEYS_POSTGRES"];
        let raw = db.raw().await;
        let statements = fixed_statements();
        assert!(statements.len() > 40, "{} statements found", statements.len());
        for (name, statement) in statements.iter().filter(|(name, _)| !LEFT_OUT.contains(&name.as_str())) {
            // Lists of values and conditions are written in later; nothing stands for them.
            let whole = ["PLACES", "ADVOCATES", "PEOPLE", "OWNER", "NARROWED", "TERM", "OF_DEALS", "OF_CANDIDATES"].iter().fold(statement.clone(), |text, list| text.replace(list, "null")).replace("kind LANE", "kind in");
            let (rows, row, id) = match db.store.engine() {
                storage::Engine::Sqlite => ("json_group_array(", "json_array(", "hex("),
                storage::Engine::Postgres => ("json_agg(", "json_build_array(", "("),
            };
            let whole = whole.replace("ROWS(", rows).replace("ROW(", row).replace("ID(", id);
            let planned = match db.store.engine() {
                storage::Engine::Sqlite => format!("explain {whole}"),
                storage::Engine::Postgres => format!("prepare one as {whole}; deallocate one"),
            };
            raw.execute_unprepared(&planned).await.unwrap_or_else(|error| panic!("{name} is refused: {error}"));
        }
        raw.close().await.expect("closed");
    }
}
