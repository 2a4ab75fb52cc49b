//! Customer stories and lists of companies kept by hand.

use std::path::Path;

use import::{kind::Kind, read::Limits, table::Table};

use crate::{clean, count, datasets, files, imported, open, rows_of, text};

/// All files of a folder as one table.
fn joined(folder: &Path, ending: &str) -> Table {
    let tables = files(folder, ending)
        .iter()
        .map(|path| open(path))
        .collect();
    Table::join(tables, &Limits::default()).expect("a table")
}

#[test]
fn user_stories_create_advocates_and_content() {
    let Some(folder) = datasets("the user stories") else {
        return;
    };
    let folder = folder.join("stories");
    let whole = joined(&folder.join("jenkins"), "yaml");
    let stories = imported("jenkins", &whole, Kind::Advocates);
    clean(&stories);
    assert_eq!(
        (
            stories.len(),
            count(&stories, "contact.name"),
            count(&stories, "content.quote")
        ),
        (194, 194, 192)
    );
    for field in [
        "content.title",
        "content.text",
        "content.published_on",
        "content.external_id",
    ] {
        assert_eq!(count(&stories, field), 194, "{field}");
    }
    assert!(count(&stories, "account.website") > 70 && count(&stories, "terms:industry") > 180);
    let space = stories
        .iter()
        .find(|row| text(row, "content.external_id") == "to-space")
        .expect("a story");
    assert_eq!(text(space, "contact.name"), "Maciej Nowak");
    assert_eq!(text(space, "contact.title"), "Software Engineer");
    assert_eq!(
        (text(space, "account.name"), text(space, "account.website")),
        ("KP Labs", "https://www.kplabs.pl/en/")
    );
    assert!(
        stories
            .iter()
            .all(|row| !text(row, "account.name").contains("http")
                && !text(row, "contact.name").contains(','))
    );

    let lines = rows_of(&folder, "jenkins_stories.jsonl", Kind::Advocates);
    clean(&lines);
    assert_eq!((lines.len(), count(&lines, "content.quote")), (194, 192));
}

#[test]
fn case_studies_create_advocates_and_content() {
    let Some(folder) = datasets("the case studies") else {
        return;
    };
    let whole = joined(&folder.join("stories/gitlab"), "yml");
    let studies = imported("gitlab", &whole, Kind::Advocates);
    clean(&studies);
    assert_eq!(
        (
            studies.len(),
            count(&studies, "account.name"),
            count(&studies, "account.employees")
        ),
        (10, 10, 10)
    );
    assert_eq!(
        (
            count(&studies, "content.quote"),
            count(&studies, "contact.name"),
            count(&studies, "content.text")
        ),
        (9, 9, 10)
    );
    let names: Vec<&str> = studies
        .iter()
        .map(|row| text(row, "account.name"))
        .collect();
    assert!(names.contains(&"Dublin City University"), "{names:?}");
}

#[test]
fn quotes_of_customers_create_advocates_and_content() {
    let Some(folder) = datasets("the quotes of customers") else {
        return;
    };
    let folder = folder.join("stories");
    let testimonials = rows_of(&folder, "gitlab_testimonials.yml", Kind::Advocates);
    assert_eq!(
        (
            testimonials.len(),
            count(&testimonials, "content.quote"),
            count(&testimonials, "account.name")
        ),
        (10, 10, 10)
    );
    let equinix = testimonials
        .iter()
        .find(|row| text(row, "account.name") == "Equinix")
        .expect("a testimonial");
    assert_eq!(
        (
            text(equinix, "contact.name"),
            text(equinix, "contact.title")
        ),
        ("Bala Kannan", "Senior Software Engineer")
    );
    assert_eq!(
        testimonials
            .iter()
            .filter(|row| !row.problems.is_empty())
            .count(),
        1,
        "one is of a kind we do not know"
    );

    let users = rows_of(&folder, "trino_users.yml", Kind::Advocates);
    assert_eq!(
        (
            users.len(),
            count(&users, "content.quote"),
            count(&users, "account.name")
        ),
        (64, 43, 64)
    );
    assert_eq!(
        rows_of(&folder, "gitlab_customer_highlights.yml", Kind::Advocates).len(),
        10
    );
}

#[test]
fn lists_of_companies_become_accounts() {
    let Some(folder) = datasets("the company lists") else {
        return;
    };
    for (file, rows, websites) in [
        ("accounts/cncf_landscape.csv", 2413, 2000),
        ("accounts/sp500_constituents.csv", 503, 0),
        ("adopters/golang_gousers.csv", 1655, 1500),
        ("adopters/thanos_adopters.yml", 88, 88),
        ("adopters/flux-v1_adopters.yaml", 81, 81),
        ("adopters/flux-v2_adopters.yaml", 123, 123),
        ("adopters/flagger_adopters.yaml", 36, 36),
        ("messy/chicago_sites_messy.csv", 3337, 0),
    ] {
        let accounts = rows_of(&folder, file, Kind::Accounts);
        assert_eq!(accounts.len(), rows, "{file}");
        assert!(count(&accounts, "account.name") > rows * 9 / 10, "{file}");
        assert!(count(&accounts, "account.website") >= websites, "{file}");
        assert!(
            accounts
                .iter()
                .filter(|row| !row.problems.is_empty())
                .count()
                * 100
                <= rows,
            "{file}"
        );
    }
    let index = rows_of(&folder, "accounts/sp500_constituents.csv", Kind::Accounts);
    assert_eq!(
        (
            count(&index, "terms:industry"),
            count(&index, "terms:region")
        ),
        (503, 502)
    );
    let gophers = rows_of(&folder, "adopters/golang_gousers.csv", Kind::Accounts);
    assert_eq!(
        count(&gophers, "terms:region"),
        1655,
        "a column of countries is known by its values"
    );
    let persons = rows_of(&folder, "messy/febrl_dataset1.csv", Kind::Contacts);
    assert_eq!(
        (persons.len(), count(&persons, "contact.external_id")),
        (1000, 1000)
    );
}
