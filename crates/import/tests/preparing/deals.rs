//! Opportunities: status, amounts, currencies and lines.

use import::{
    kind::Kind,
    mapping::{LineAmounts, Mapping},
    prepare::{self, PrepareOptions},
    problem::MappingProblem,
    propose,
    value::Value,
};

use crate::{mapped, options, rows, shown, sorted, table};

#[test]
fn the_status_of_a_deal_comes_from_what_the_crm_says_outright() {
    let status = |header: &str, row: &str| {
        let rows = rows(
            Kind::Opportunities,
            "deals.csv",
            &format!("Opportunity ID,{header}\nA,{row}\n"),
        );
        rows[0].get("opportunity.status").cloned()
    };
    assert_eq!(
        status("Stage,IsClosed,IsWon", "Negotiation,1,1"),
        Some(Value::Word("won"))
    );
    assert_eq!(
        status("Stage,IsClosed,IsWon", "Gone,true,false"),
        Some(Value::Word("lost"))
    );
    assert_eq!(
        status("Stage,IsClosed,IsWon", "Gone,0,0"),
        Some(Value::Word("open"))
    );
    assert_eq!(status("Stage", "Closed Won"), Some(Value::Word("won")));
    assert_eq!(
        status("Stage,Amount", "Prospecting,5"),
        Some(Value::Word("open"))
    );
}

#[test]
fn amounts_keep_their_own_currency_and_take_the_next_best_else() {
    let amount = |header: &str, row: &str| {
        let rows = rows(
            Kind::Opportunities,
            "deals.csv",
            &format!("Opportunity ID;{header}\nA;{row}\n"),
        );
        assert_eq!(rows[0].problems, []);
        rows[0].get("opportunity.amount").cloned()
    };
    let money = |text: &str, currency: &str| {
        let currency = currency.parse().expect("a currency");
        Some(Value::Money(
            domain::money::Money::parse(text, currency).expect("money"),
        ))
    };
    assert_eq!(amount("Amount", "1,234.50"), money("1234.50", "USD"));
    assert_eq!(amount("Amount", "1.234,50 €"), money("1234.50", "EUR"));
    assert_eq!(amount("Amount;Currency", "1200;JPY"), money("1200", "JPY"));
    assert_eq!(amount("Amount (CHF)", "1'200.05"), money("1200.05", "CHF"));
    assert_eq!(amount("Amount", "(500)"), money("-500", "USD"));
}

#[test]
fn amounts_without_any_currency_are_refused_before_the_first_row() {
    let table = table("deals.csv", "Opportunity ID,Amount\nA,5\n");
    let mapping = propose::propose(Kind::Opportunities, &table)
        .mapping(&[])
        .expect("a mapping");
    let none = PrepareOptions {
        default_currency: None,
        ..options()
    };
    let problem = prepare::prepare(Kind::Opportunities, &table, &mapping, &none).err();
    assert_eq!(
        problem,
        Some(MappingProblem::NoCurrency {
            column: "Amount".to_owned()
        })
    );
    let euro = Mapping {
        default_currency: Some("EUR".parse().expect("a currency")),
        ..mapping
    };
    assert!(prepare::prepare(Kind::Opportunities, &table, &euro, &none).is_ok());
}

#[test]
fn several_lines_of_one_opportunity_make_one_row() {
    let text = "Opportunity ID,Account,Product,Amount\nA,Acme,x,1.50\nB,Beta,x,7\nA,Acme,y,2.25\n,Gamma,z,1\n";
    let rows = rows(Kind::Opportunities, "lines.csv", text);
    assert_eq!(rows.len(), 3);
    assert_eq!(rows[0].lines, [0, 2]);
    let expected = [
        "account.name=Acme",
        "opportunity.amount=3.75 USD",
        "opportunity.external_id=A",
        "opportunity.status=open",
        "terms:product=x|y",
    ];
    assert_eq!(sorted(&rows[0]), expected);
    assert!(rows[2].is_blocked());
    let once = Mapping {
        lines: Some(LineAmounts::Once),
        ..Mapping::new(Kind::Opportunities)
            .with("Opportunity ID", "opportunity.external_id")
            .with("Amount", "opportunity.amount")
    };
    let rows = mapped(
        Kind::Opportunities,
        "Opportunity ID,Amount\nA,5\nA,5\n",
        &once,
    )
    .expect("rows");
    assert_eq!(
        shown(&rows[0]),
        [
            "opportunity.external_id=A",
            "opportunity.amount=5.00 USD",
            "opportunity.status=open"
        ]
    );
    let sum = Mapping {
        lines: Some(LineAmounts::Sum),
        ..once
    };
    let rows = mapped(
        Kind::Opportunities,
        "Opportunity ID,Amount\nA,5\nA,€5\n",
        &sum,
    )
    .expect("rows");
    assert!(rows[0].is_blocked(), "two currencies are never added");
}
