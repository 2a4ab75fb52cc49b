//! Tables into proposals: kinds, columns, questions and presets, without a mapping file.

use import::{
    amount::DecimalMark,
    column::{Answer, QuestionKind},
    day::DateOrder,
    kind::Kind,
    mapping::{LineAmounts, Mapping},
    problem::MappingProblem,
    propose::{self, ColumnAnswer, Preset, Proposal},
    read::{self, ReadOptions},
    recognise, sdl,
    table::Table,
};

fn read(text: &str) -> Table {
    read::read("upload.csv", text.as_bytes(), &ReadOptions::default()).expect("a table")
}

fn kind_of(file_name: &str, text: &str) -> Option<Kind> {
    recognise::recognise(file_name, &read(text))
        .first()
        .map(|likely| likely.kind)
}

/// Column and field of every mapped column.
fn mapped(proposal: &Proposal) -> Vec<(&str, &str)> {
    let mapped = proposal
        .columns
        .iter()
        .filter_map(|column| column.mapped.as_ref());
    mapped
        .map(|column| (column.column.as_str(), column.field.as_str()))
        .collect()
}

#[test]
fn every_kind_is_recognised_by_its_columns() {
    for (expected, text) in [
        (
            Kind::Accounts,
            "Company,Industry,Annual Revenue,Employees\nAcme,Retail,5000,12\n",
        ),
        (
            Kind::Contacts,
            "First Name,Last Name,Email,Job Title,Company\nAnn,Lee,ann@example.com,CTO,Acme\n",
        ),
        (
            Kind::Users,
            "Name,Email,Manager,Team\nBo Ray,bo@example.com,Cy Dee,North\n",
        ),
        (
            Kind::Opportunities,
            "Opportunity Name,Account,Stage,Amount,Close Date\nBig,Acme,Open,5,2026-01-31\n",
        ),
        (
            Kind::Advocates,
            "Advocate name,Email,Company,Advocate status,Story,Activities\nAnn,a@example.com,Acme,active,It works,call\n",
        ),
        (
            Kind::Content,
            "Title,Type,URL,Stage\nHow Acme grew,case study,https://example.com/a,late\n",
        ),
        (
            Kind::Uses,
            "Contact,Account,Activity,Used on,Opportunity ID\nAnn,Acme,reference call,2026-01-31,O-1\n",
        ),
        (
            Kind::Terms,
            "Facet,Term,Parent,Synonyms\nindustry,Hospitals,Healthcare,clinics\n",
        ),
    ] {
        assert_eq!(kind_of("upload.csv", text), Some(expected), "{text}");
    }
    assert_eq!(kind_of("upload.csv", "column1,column2\nx,y\n"), None);
}

#[test]
fn columns_nobody_maps_are_reported() {
    let proposal = propose::propose(Kind::Accounts, &read("Name,Shoe size\nAcme,44\n"));
    assert_eq!(proposal.ignored, ["Shoe size"]);
    assert_eq!(mapped(&proposal), [("Name", "account.name")]);
}

#[test]
fn the_columns_beside_a_name_say_whose_name_it_is() {
    let fields = |text: &str| {
        let proposal = propose::propose(Kind::Advocates, &read(text));
        mapped(&proposal)
            .into_iter()
            .map(|(_, field)| field.to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(
        fields("Name,Email,Company,Title\nAnn Lee,ann@example.com,Acme,VP Sales\n"),
        [
            "contact.name",
            "contact.email",
            "account.name",
            "contact.title"
        ]
    );
    assert_eq!(
        fields("Name,Company,Quote\nAnn Lee,Acme,It works\n"),
        ["contact.name", "account.name", "content.quote"]
    );
    assert_eq!(
        fields("Name,Quote\nAcme,It works\n"),
        ["account.name", "content.quote"]
    );
    assert_eq!(
        fields("Title,Author,Quote\nHow Acme grew in a single year,Ann Lee,It works\n"),
        ["content.title", "contact.name", "content.quote"]
    );
}

#[test]
fn values_decide_where_headings_lie_or_say_nothing() {
    let table = read("Company,Amount\nAcme,tall\nBeta,small\nGamma,tall\n");
    let proposal = propose::propose(Kind::Opportunities, &table);
    assert_eq!(mapped(&proposal), [("Company", "account.name")]);
    assert!(
        proposal.columns[1]
            .why
            .contains("values are something else"),
        "{}",
        proposal.columns[1].why
    );
    let table = read(
        "Company,where,write to\nAcme,Germany,a@example.com\nBeta,Kenya,b@example.com\nGamma,USA,c@example.com\n",
    );
    let proposal = propose::propose(Kind::Contacts, &table);
    assert!(mapped(&proposal).contains(&("where", "terms:region")));
    assert!(mapped(&proposal).contains(&("write to", "contact.email")));
}

#[test]
fn an_open_date_order_is_asked_and_the_answer_is_kept() {
    let table = read("Opportunity ID,Close Date\nA,4/12/2019\nB,5/1/2019\n");
    let proposal = propose::propose(Kind::Opportunities, &table);
    assert_eq!(proposal.questions.len(), 1);
    let question = &proposal.questions[0];
    assert_eq!(
        (question.column.as_str(), question.what),
        ("Close Date", QuestionKind::DateOrder)
    );
    assert_eq!(
        question.options[0].meaning,
        "Month first: 4/12/2019 is 2019-04-12"
    );
    assert_eq!(
        question.options[1].meaning,
        "Day first: 4/12/2019 is 2019-12-04"
    );
    assert!(matches!(
        proposal.mapping(&[]),
        Err(MappingProblem::Unanswered { .. })
    ));
    let answer = ColumnAnswer {
        column: "Close Date".to_owned(),
        answer: Answer::DateOrder(DateOrder::DayFirst),
    };
    let mapping = proposal.mapping(&[answer]).expect("a mapping");
    let order = mapping
        .columns
        .iter()
        .find(|column| column.column == "Close Date")
        .and_then(|column| column.date_order);
    assert_eq!(order, Some(DateOrder::DayFirst));
}

#[test]
fn one_telling_date_decides_the_column_and_two_that_disagree_ask() {
    let order_of = |dates: &str| {
        let proposal = propose::propose(
            Kind::Opportunities,
            &read(&format!("Opportunity ID,Close Date\n{dates}")),
        );
        let order = proposal.columns[1]
            .mapped
            .as_ref()
            .and_then(|column| column.date_order);
        (order, proposal.questions.len())
    };
    assert_eq!(
        order_of("A,4/12/2019\nB,1/17/2019\n"),
        (Some(DateOrder::MonthFirst), 0)
    );
    assert_eq!(
        order_of("A,4/12/19\nB,17/1/19\n"),
        (Some(DateOrder::DayFirst), 0)
    );
    assert_eq!(order_of("A,17/1/2019\nB,1/17/2019\n"), (None, 1));
    assert_eq!(order_of("A,2019-04-12\nB,45631\n"), (None, 0));
}

#[test]
fn an_open_decimal_mark_is_asked() {
    let mark_of = |amounts: [&str; 2]| {
        let text = format!(
            "Opportunity ID;Amount\nA;{}\nB;{}\n",
            amounts[0], amounts[1]
        );
        let proposal = propose::propose(Kind::Opportunities, &read(&text));
        let mark = proposal.columns[1]
            .mapped
            .as_ref()
            .and_then(|column| column.decimal_mark);
        (
            mark,
            proposal
                .questions
                .iter()
                .map(|question| question.what)
                .collect::<Vec<_>>(),
        )
    };
    assert_eq!(mark_of(["1,234.50", "7"]), (Some(DecimalMark::Dot), vec![]));
    assert_eq!(
        mark_of(["1.234,50", "1.234"]),
        (Some(DecimalMark::Comma), vec![])
    );
    assert_eq!(
        mark_of(["1,234", "7"]),
        (None, vec![QuestionKind::DecimalMark])
    );
    assert_eq!(
        mark_of(["1.5", "1,5"]),
        (None, vec![QuestionKind::DecimalMark])
    );
    assert_eq!(mark_of(["1200", "(7)"]), (None, vec![]));
}

#[test]
fn the_exports_of_known_programs_are_known() {
    let preset = |header: &str| propose::preset(&read(&format!("{header}\n")));
    assert_eq!(
        preset("ID,NAME,SYSTEMMODSTAMP"),
        Some(Preset::SalesforceDataLoader)
    );
    assert_eq!(
        preset("Id,Name,SystemModstamp"),
        Some(Preset::SalesforceDataExport)
    );
    assert_eq!(
        preset("Record ID,First Name,Contact owner"),
        Some(Preset::Hubspot)
    );
    assert_eq!(
        preset("Person - Name*,Deal - Title,Note - Content*"),
        Some(Preset::Pipedrive)
    );
    assert_eq!(preset("a,b"), None);
}

#[test]
fn lines_of_one_opportunity_are_parts_or_repeat_the_whole() {
    let lines = |rows: &str| {
        propose::propose(
            Kind::Opportunities,
            &read(&format!("Opportunity ID,Product,Amount\n{rows}")),
        )
        .lines
    };
    assert_eq!(lines("A,x,5\nB,y,6\n"), None);
    assert_eq!(lines("A,x,5\nA,y,6\nB,y,6\n"), Some(LineAmounts::Sum));
    assert_eq!(lines("A,x,5\nA,y,5\nB,y,6\n"), Some(LineAmounts::Once));
}

#[test]
fn a_mapping_survives_as_json_and_refuses_what_it_does_not_know() {
    let proposal = propose::propose(
        Kind::Accounts,
        &read("Name,Annual revenue (EUR)\nAcme,\"1,234.50\"\n"),
    );
    let mapping = proposal.mapping(&[]).expect("a mapping");
    let json = serde_json::to_string(&mapping).expect("JSON");
    assert_eq!(
        serde_json::from_str::<Mapping>(&json).expect("a mapping"),
        mapping
    );
    assert!(json.contains("\"currency\":\"EUR\""), "{json}");
    assert!(
        serde_json::from_str::<Mapping>(
            r#"{"version":1,"kind":"accounts","columns":[],"extra":1}"#
        )
        .is_err()
    );
}

#[test]
fn data_loader_mapping_files_are_read_in_both_directions() {
    let table = read("NAME,BILLINGCOUNTRY,ORACLE ID,SYSTEMMODSTAMP\nAcme,US,1,x\n");
    let fields = |text: &str| {
        let mapping = sdl::read(text, Kind::Accounts, &table).expect("a mapping");
        mapping
            .columns
            .into_iter()
            .map(|column| (column.column, column.field))
            .collect::<Vec<_>>()
    };
    let expected = [
        ("NAME".to_owned(), "account.name".to_owned()),
        ("BILLINGCOUNTRY".to_owned(), "terms:region".to_owned()),
    ];
    assert_eq!(
        fields(
            "#Mapping values\n!x\nNAME=Name\nBILLINGCOUNTRY=BillingCountry\nSYSTEMMODSTAMP=\n\"4-1\"=Account\n"
        ),
        expected
    );
    assert_eq!(
        fields("Name=NAME\nBillingCountry:BILLING\\\n  COUNTRY\n=SYSTEMMODSTAMP\n"),
        expected
    );
    assert_eq!(
        fields("ORACLE\\ ID=Id"),
        [("ORACLE ID".to_owned(), "account.external_id".to_owned())]
    );
    assert_eq!(
        sdl::read("no properties", Kind::Accounts, &table),
        Err(MappingProblem::NotProperties { line: 1 })
    );
}

#[test]
fn a_sure_heading_keeps_its_column_however_many_values_cannot_be_read() {
    let rows = (0..20).map(|row| {
        let (day, amount) = if row < 12 {
            ("TBD", "tbd")
        } else {
            ("2026-03-01", "100.00")
        };
        format!("Deal {row},{amount},{day}\n")
    });
    let file = format!(
        "Opportunity Name,Amount,Close Date\n{}",
        rows.collect::<String>()
    );
    let proposal = propose::propose(Kind::Opportunities, &read(&file));
    let found = mapped(&proposal);
    assert!(
        found.contains(&("Amount", "opportunity.amount")),
        "{found:?}"
    );
    assert!(
        found.contains(&("Close Date", "opportunity.close_on")),
        "{found:?}"
    );
}
