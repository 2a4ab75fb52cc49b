//! The API document as it is committed, and what every operation in it must say.

use std::path::Path;

use strum::IntoEnumIterator;

use server::http::problem::Code;

#[test]
fn the_committed_document_is_the_one_that_the_program_prints() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../web/openapi.json");
    let committed = std::fs::read_to_string(path).expect("web/openapi.json is read");
    let printed = server::cli::openapi::text().expect("the document is written");
    assert!(
        committed.trim_end() == printed,
        "web/openapi.json is not what the program prints. Read the difference, then write it with: cargo run -p server --bin goodword -- openapi > web/openapi.json"
    );
}

#[test]
fn every_write_on_a_record_asks_for_its_version_or_a_key_where_its_handler_does() {
    let document = server::http::document();
    let printed = serde_json::to_value(&document).expect("the document is written");
    assert_eq!(printed["openapi"], "3.1.0");
    for (path, methods) in printed["paths"].as_object().expect("paths") {
        for (method, operation) in methods.as_object().expect("methods") {
            let what = format!("{method} {path}");
            assert!(operation["tags"][0].is_string(), "{what} has a tag");
            assert!(
                operation["responses"]["default"]["content"]["application/problem+json"]
                    .is_object(),
                "{what} names its problems"
            );
            let takes = |name: &str| {
                operation["parameters"]
                    .as_array()
                    .is_some_and(|list| list.iter().any(|parameter| parameter["name"] == name))
            };
            assert!(
                method != "patch" || takes("If-Match"),
                "{what} takes If-Match"
            );
        }
    }
}

#[test]
fn every_problem_code_has_words_and_a_status_of_an_error() {
    for code in Code::iter() {
        let status = code.status();
        assert!(
            status.is_client_error() || status.is_server_error(),
            "{code:?}"
        );
        assert!(
            !code.title().is_empty() && !code.title().ends_with('.'),
            "{code:?}"
        );
        assert!(
            code.as_str()
                .chars()
                .all(|c| c.is_ascii_lowercase() || c == '_'),
            "{code:?}"
        );
    }
}
