//! Tables and mappings into typed rows.

mod deals;

use domain::{money::Currency, time::Day};
use import::{
    kind::Kind,
    mapping::Mapping,
    prepare::{self, PrepareOptions, PreparedRow},
    problem::MappingProblem,
    propose,
    read::{self, ReadOptions},
    table::Table,
    value::Value,
};

fn table(file_name: &str, text: &str) -> Table {
    read::read(file_name, text.as_bytes(), &ReadOptions::default()).expect("a table")
}

fn options() -> PrepareOptions {
    PrepareOptions {
        default_currency: Some(Currency::USD),
        today: day("2026-11-22"),
    }
}

fn day(text: &str) -> Day {
    text.parse().expect("a day")
}

/// The rows of a file that is taken for `kind` without a mapping.
fn rows(kind: Kind, file_name: &str, text: &str) -> Vec<PreparedRow> {
    let table = table(file_name, text);
    let mapping = propose::propose(kind, &table)
        .mapping(&[])
        .expect("a mapping");
    let prepared = prepare::prepare(kind, &table, &mapping, &options()).expect("prepared");
    assert_eq!(prepared.rows().count(), prepared.len());
    prepared.rows().collect()
}

fn mapped(kind: Kind, text: &str, mapping: &Mapping) -> Result<Vec<PreparedRow>, MappingProblem> {
    let table = table("a.csv", text);
    Ok(prepare::prepare(kind, &table, mapping, &options())?
        .rows()
        .collect())
}

/// The values of a row as `field=value`, to compare at a glance.
fn shown(row: &PreparedRow) -> Vec<String> {
    let value = |value: &Value| match value {
        Value::Text(text) | Value::Url(text) => text.clone(),
        Value::Email(address) => address.to_string(),
        Value::Day(day) => day.to_string(),
        Value::Money(money) => money.to_string(),
        Value::Currency(currency) => currency.to_string(),
        Value::Whole(number) => number.to_string(),
        Value::YesNo(flag) => flag.to_string(),
        Value::Word(word) => (*word).to_owned(),
        Value::Words(words) => words.join("|"),
        Value::Terms(values) | Value::List(values) => values.join("|"),
    };
    row.values
        .iter()
        .map(|(field, held)| format!("{field}={}", value(held)))
        .collect()
}

fn sorted(row: &PreparedRow) -> Vec<String> {
    let mut values = shown(row);
    values.sort_unstable();
    values
}

#[test]
fn a_contact_has_one_name_an_address_and_its_account() {
    let rows = rows(
        Kind::Contacts,
        "contacts.csv",
        "Id,First Name,Last Name,Email,Title,Company,Country,NPS,Preferred language\n\
         003x0000001YtCr,Ann,Lee,ANN@Example.com,CTO,Acme,Germany,9,German; French\n\
         ,,Null,,None,N/A,NaT,,\n",
    );
    let expected = [
        "account.name=Acme",
        "account.nps=9",
        "contact.email=ann@example.com",
        "contact.external_id=003x0000001YtCrAAK",
        "contact.name=Ann Lee",
        "contact.title=CTO",
        "terms:language=German|French",
        "terms:region=Germany",
    ];
    assert_eq!(sorted(&rows[0]), expected);
    assert_eq!(
        shown(&rows[1]),
        ["contact.name=Null"],
        "a person named Null keeps the name"
    );
    assert!(rows.iter().all(|row| row.problems.is_empty()));
}

#[test]
fn what_cannot_be_read_is_a_problem_of_its_cell_and_the_rest_is_kept() {
    let mapping = Mapping::new(Kind::Opportunities)
        .with("Id", "opportunity.external_id")
        .with("Amount", "opportunity.amount")
        .with("Close", "opportunity.close_on")
        .with("Mail", "contact.email")
        .with("Kind", "opportunity.kind");
    let text = "Id,Amount,Close,Mail,Kind\nA,much,wrongdate,ann,unheard\n,5,2026-01-31,ann@example.com,Renewal\nB,99999999999999999999,0206-01-31,,\n";
    let rows = mapped(Kind::Opportunities, text, &mapping).expect("rows");
    assert_eq!(rows[0].number, 2);
    assert_eq!(
        shown(&rows[0]),
        ["opportunity.external_id=A", "opportunity.status=open"]
    );
    let fields: Vec<&str> = rows[0]
        .problems
        .iter()
        .map(|problem| problem.field)
        .collect();
    assert_eq!(
        fields,
        [
            "opportunity.amount",
            "opportunity.close_on",
            "contact.email",
            "opportunity.kind"
        ]
    );
    assert!(!rows[0].is_blocked());
    assert_eq!(
        rows[0].problems[1].message,
        "\"wrongdate\" is not a date such as 2026-03-31. Correct it or leave it empty."
    );
    assert!(
        rows[1].is_blocked(),
        "nobody could tell which opportunity it is"
    );
    let fields: Vec<&str> = rows[2]
        .problems
        .iter()
        .map(|problem| problem.field)
        .collect();
    assert_eq!(fields, ["opportunity.close_on", "opportunity.amount"]);
}

#[test]
fn one_line_gives_person_title_and_company() {
    let text = "- quote: Great tool\n  author: Maciej Nowak, Software Engineer, KP Labs\n- quote: Good tool\n  author: Ann Lee, VP, Research\n";
    let rows = rows(Kind::Advocates, "quotes.yaml", text);
    assert_eq!(
        rows[0].get("contact.name"),
        Some(&Value::Text("Maciej Nowak".to_owned()))
    );
    assert_eq!(
        rows[0].get("contact.title"),
        Some(&Value::Text("Software Engineer".to_owned()))
    );
    assert_eq!(
        rows[0].get("account.name"),
        Some(&Value::Text("KP Labs".to_owned()))
    );
    assert_eq!(
        rows[1].get("contact.title"),
        Some(&Value::Text("VP, Research".to_owned()))
    );
    assert_eq!(
        rows[1].get("account.name"),
        None,
        "a department is not a company"
    );
}

#[test]
fn a_company_with_its_address_in_one_cell_gives_both() {
    let text = "- organization: KP Labs,<https://www.kplabs.pl/en/>\n  quote: a\n- organization: 'Mühle, [m.ch](https://m.ch/)'\n  quote: b\n- organization: A bank\n  quote: c\n";
    let rows = rows(Kind::Advocates, "quotes.yaml", text);
    let of =
        |row: &PreparedRow, field: &str| row.get(field).and_then(Value::as_text).map(str::to_owned);
    assert_eq!(of(&rows[0], "account.name").as_deref(), Some("KP Labs"));
    assert_eq!(
        of(&rows[0], "account.website").as_deref(),
        Some("https://www.kplabs.pl/en/")
    );
    assert_eq!(of(&rows[1], "account.name").as_deref(), Some("Mühle"));
    assert_eq!(
        of(&rows[1], "account.website").as_deref(),
        Some("https://m.ch/")
    );
    assert_eq!(of(&rows[2], "account.name").as_deref(), Some("A bank"));
}

#[test]
fn constants_fill_what_no_cell_gives() {
    let mapping = Mapping::new(Kind::Uses)
        .with("Contact", "contact.name")
        .with("Date", "use.used_on")
        .with("What", "use.activity")
        .with_constant("use.activity", "Reference Call");
    let rows = mapped(
        Kind::Uses,
        "Contact,Date,What\nAnn,2026-01-31,\nBo,2026-02-01,Site visit\n",
        &mapping,
    )
    .expect("rows");
    assert_eq!(
        rows[0].get("use.activity"),
        Some(&Value::Word("reference_call"))
    );
    assert_eq!(
        rows[1].get("use.activity"),
        Some(&Value::Word("site_visit"))
    );
    let wrong = Mapping::new(Kind::Uses).with_constant("use.activity", "dance");
    assert!(matches!(
        mapped(Kind::Uses, "a\nb\n", &wrong),
        Err(MappingProblem::Constant { .. })
    ));
}

#[test]
fn a_mapping_that_does_not_fit_is_refused_with_its_reason() {
    let refused = |mapping: Mapping| {
        mapped(Kind::Accounts, "Name,Since\nAcme,4/5/2020\n", &mapping).expect_err("a refusal")
    };
    let mapping = || Mapping::new(Kind::Accounts);
    assert_eq!(
        refused(mapping().with("Nome", "account.name")),
        MappingProblem::NoSuchColumn {
            column: "Nome".to_owned()
        }
    );
    assert!(matches!(
        refused(mapping().with("Name", "account.shoe")),
        MappingProblem::NoSuchField { .. }
    ));
    assert!(matches!(
        refused(mapping().with("Since", "account.customer_since")),
        MappingProblem::Unanswered { .. }
    ));
    assert!(matches!(
        refused(mapping()),
        MappingProblem::NothingRequired { .. }
    ));
    assert!(matches!(
        refused(Mapping::new(Kind::Users)),
        MappingProblem::OtherKind { .. }
    ));
    assert_eq!(
        refused(Mapping {
            version: 2,
            ..mapping()
        }),
        MappingProblem::OtherVersion { version: 2 }
    );
}

#[test]
fn rows_that_are_deleted_elsewhere_or_out_of_shape_are_blocked() {
    let rows = rows(
        Kind::Accounts,
        "accounts.csv",
        "Id,IsDeleted,Name,SystemModstamp\n1,0,Acme,x\n2,1,Beta,x\n3,0,Gamma,x,surplus\n",
    );
    let blocked: Vec<bool> = rows.iter().map(PreparedRow::is_blocked).collect();
    assert_eq!(blocked, [false, true, true]);
}

#[test]
fn a_column_of_salesforce_ids_is_brought_to_18_characters_and_others_stay() {
    let ids = |text: &str| {
        let mapping = Mapping::new(Kind::Accounts).with("Id", "account.external_id");
        let rows = mapped(Kind::Accounts, text, &mapping).expect("rows");
        rows.iter()
            .map(|row| shown(row).concat())
            .collect::<Vec<_>>()
    };
    assert_eq!(
        ids("Id\n001x0000002xLCV\n001X0000002XLCWAA2\n000000000000000AAA\n"),
        [
            "account.external_id=001x0000002xLCVAA2",
            "account.external_id=001x0000002xLCWAA2",
            ""
        ]
    );
    assert_eq!(
        ids("Id\n001x0000002xLCV\nACME-1\n"),
        [
            "account.external_id=001x0000002xLCV",
            "account.external_id=ACME-1"
        ]
    );
}

#[test]
fn excel_serials_and_two_digit_years_are_dates() {
    let text = "Deal - Title,Deal - Expected close date\nA,45631.0\nB,3/31/99\nC,12.03.26\n";
    let rows = rows(Kind::Opportunities, "deals.csv", text);
    let days: Vec<Option<&Value>> = rows
        .iter()
        .map(|row| row.get("opportunity.close_on"))
        .collect();
    let expected = ["2024-12-05", "1999-03-31", "2026-03-12"].map(|text| Value::Day(day(text)));
    assert_eq!(days, expected.iter().map(Some).collect::<Vec<_>>());
}

#[test]
fn character_references_are_replaced_where_the_column_has_them() {
    let rows = rows(
        Kind::Accounts,
        "a.yml",
        "- name: Media&shy;Markt\n- name: AT&amp;T\n- name: R&D\n",
    );
    let names: Vec<&str> = rows
        .iter()
        .filter_map(|row| row.get("account.name").and_then(Value::as_text))
        .collect();
    assert_eq!(names, ["MediaMarkt", "AT&T", "R&D"]);
}
