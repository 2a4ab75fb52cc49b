//! Exports of CRMs, and their known totals.

use std::{collections::BTreeMap, fs};

use import::{
    encoding::Encoding,
    kind::Kind,
    prepare::PreparedRow,
    propose::{self, Preset},
    sdl,
    value::Value,
};

use crate::{
    clean, count, datasets, distinct, has_term, imported, money, open, rows_of, text, with_word,
};

#[test]
fn the_maven_pipeline_adds_up_to_its_known_totals() {
    let Some(folder) = datasets("the Maven data set") else {
        return;
    };
    let folder = folder.join("crm/maven");
    let deals = rows_of(&folder, "sales_pipeline.csv", Kind::Opportunities);
    clean(&deals);
    assert_eq!(deals.len(), 8800);
    let won: Vec<&PreparedRow> = deals
        .iter()
        .filter(|row| row.get("opportunity.status") == Some(&Value::Word("won")))
        .collect();
    assert_eq!(won.len(), 4238);
    let worth: i64 = won
        .iter()
        .filter_map(|row| money(row, "opportunity.amount"))
        .map(|money| money.minor)
        .sum();
    assert_eq!(worth, 1_000_553_400);
    assert_eq!(with_word(&deals, "opportunity.status", "lost"), 2473);
    let stage = |name: &str| {
        deals
            .iter()
            .filter(|row| text(row, "opportunity.stage") == name)
            .count()
    };
    assert_eq!((stage("Engaging"), stage("Prospecting")), (1589, 500));
    let open: Vec<&PreparedRow> = deals
        .iter()
        .filter(|row| row.get("opportunity.status") == Some(&Value::Word("open")))
        .collect();
    assert_eq!(open.len(), 2089);
    assert_eq!(
        open.iter()
            .filter(|row| row.get("account.name").is_none())
            .count(),
        1425
    );
    assert_eq!(deals.len() - count(&deals, "opportunity.engaged_on"), 500);
    assert_eq!(
        (count(&deals, "owner.name"), count(&deals, "terms:product")),
        (8800, 8800)
    );
}

#[test]
fn the_maven_accounts_products_and_teams_are_all_read() {
    let Some(folder) = datasets("the Maven data set") else {
        return;
    };
    let folder = folder.join("crm/maven");
    let accounts = rows_of(&folder, "accounts.csv", Kind::Accounts);
    clean(&accounts);
    assert_eq!(
        (
            accounts.len(),
            count(&accounts, "account.employees"),
            count(&accounts, "account.revenue")
        ),
        (85, 85, 85)
    );
    assert!(
        accounts
            .iter()
            .any(|row| has_term(row, "terms:industry", "technolgy")),
        "raw values stay raw"
    );
    assert!(
        accounts
            .iter()
            .any(|row| has_term(row, "terms:region", "Philipines"))
    );
    assert!(count(&accounts, "account.parent.name") > 0);

    let products = rows_of(&folder, "products.csv", Kind::Terms);
    clean(&products);
    assert_eq!(
        (
            products.len(),
            with_word(&products, "term.facet", "product")
        ),
        (7, 7)
    );
    assert_eq!(
        (
            count(&products, "term.parent"),
            count(&products, "term.list_price")
        ),
        (7, 7)
    );

    let users = rows_of(&folder, "sales_teams.csv", Kind::Users);
    clean(&users);
    assert_eq!(
        (
            users.len(),
            count(&users, "manager.name"),
            count(&users, "user.office")
        ),
        (35, 35, 35)
    );
}

#[test]
fn data_loader_exports_resolve_and_keep_their_accents() {
    let Some(folder) = datasets("the Data Loader samples") else {
        return;
    };
    let folder = folder.join("crm/salesforce-dataloader");
    let table = open(&folder.join("accountData.csv"));
    assert_eq!(table.sources()[0].encoding, Encoding::Latin1);
    assert_eq!(propose::preset(&table), Some(Preset::SalesforceDataLoader));
    let accounts = imported("accountData.csv", &table, Kind::Accounts);
    clean(&accounts);
    assert_eq!(
        (accounts.len(), distinct(&accounts, "account.external_id")),
        (423, 423)
    );
    assert!(
        accounts
            .iter()
            .any(|row| text(row, "account.name").starts_with("Crédito Inmob"))
    );
    let deals = rows_of(&folder, "opportunityData.csv", Kind::Opportunities);
    clean(&deals);
    assert_eq!(
        (
            deals.len(),
            with_word(&deals, "opportunity.status", "won"),
            with_word(&deals, "opportunity.status", "open")
        ),
        (38, 8, 30)
    );
    let ids: Vec<&str> = accounts
        .iter()
        .map(|row| text(row, "account.external_id"))
        .collect();
    assert!(
        deals
            .iter()
            .all(|row| ids.contains(&text(row, "account.external_id"))),
        "all 38 deals resolve"
    );
    assert_eq!(
        count(&deals, "opportunity.amount"),
        33,
        "five have no amount"
    );
    for file in ["status_success0413060133.csv", "status_error0413060133.csv"] {
        assert!(!rows_of(&folder, file, Kind::Opportunities).is_empty());
    }
}

#[test]
fn data_loader_mapping_files_map_the_exports_they_belong_to() {
    let Some(folder) = datasets("the Data Loader mappings") else {
        return;
    };
    let folder = folder.join("crm/salesforce-dataloader");
    for (file, export, kind, wanted) in [
        (
            "accountInsertMap.sdl",
            "accountData.csv",
            Kind::Accounts,
            "account.name",
        ),
        (
            "accountUpdateMap.sdl",
            "accountData.csv",
            Kind::Accounts,
            "account.external_id",
        ),
        (
            "accountExtractMap.sdl",
            "accountData.csv",
            Kind::Accounts,
            "account.external_id",
        ),
        (
            "opportunityInsertMap.sdl",
            "opportunityData.csv",
            Kind::Opportunities,
            "opportunity.name",
        ),
        (
            "opportunityUpdateMap.sdl",
            "opportunityData.csv",
            Kind::Opportunities,
            "opportunity.external_id",
        ),
        (
            "opportunityUpsertMap.sdl",
            "opportunityData.csv",
            Kind::Opportunities,
            "opportunity.close_on",
        ),
    ] {
        let text = fs::read_to_string(folder.join(file)).expect("a mapping file");
        let mapping = sdl::read(&text, kind, &open(&folder.join(export))).expect("a mapping");
        assert!(
            mapping.columns.iter().any(|column| column.field == wanted),
            "{file}: {:?}",
            mapping.columns
        );
    }
}

#[test]
fn mac_roman_orders_become_won_deals_of_99_customers() {
    let Some(folder) = datasets("the SaaS orders") else {
        return;
    };
    let folder = folder.join("crm/saas-orders");
    let table = open(&folder.join("saas_orders_macroman.csv"));
    assert_eq!(
        (table.len(), table.sources()[0].encoding),
        (9994, Encoding::MacRoman)
    );
    assert!(
        table
            .values(table.column("City").expect("a column"))
            .any(|city| city == "São Paulo")
    );
    let orders = imported("saas_orders_macroman.csv", &table, Kind::Opportunities);
    clean(&orders);
    assert_eq!(
        (orders.len(), distinct(&orders, "opportunity.external_id")),
        (5009, 5009)
    );
    assert_eq!(
        (
            distinct(&orders, "account.name"),
            distinct(&orders, "account.external_id")
        ),
        (99, 99)
    );
    assert_eq!(with_word(&orders, "opportunity.status", "won"), 5009);
    let worth: i64 = orders
        .iter()
        .filter_map(|row| money(row, "opportunity.amount"))
        .map(|money| money.minor)
        .sum();
    assert_eq!(worth, 229_720_107);
    let mut products: Vec<&String> = orders
        .iter()
        .filter_map(|row| match row.get("terms:product") {
            Some(Value::Terms(terms)) => Some(terms),
            _ => None,
        })
        .flatten()
        .collect();
    products.sort_unstable();
    products.dedup();
    assert_eq!(products.len(), 14);
    assert_eq!(
        orders.iter().map(|row| row.lines.len()).sum::<usize>(),
        9994
    );
}

#[test]
fn lines_of_the_open_pipeline_add_up_to_their_opportunities() {
    let Some(folder) = datasets("the open pipeline") else {
        return;
    };
    let folder = folder.join("crm/eci-open-pipeline");
    let table = open(&folder.join("eci_open_opportunity_lines.csv"));
    assert_eq!(table.len(), 2551);
    let deals = imported(
        "eci_open_opportunity_lines.csv",
        &table,
        Kind::Opportunities,
    );
    clean(&deals);
    assert_eq!((deals.len(), distinct(&deals, "account.name")), (1567, 508));
    let mut totals: BTreeMap<String, i64> = BTreeMap::new();
    for deal in &deals {
        let amount = money(deal, "opportunity.amount").expect("an amount");
        *totals.entry(amount.currency.to_string()).or_default() += amount.minor;
    }
    // Whole yen, cents of the others: the currencies are kept as they are.
    let expected = [
        ("EUR", 17_983_895_982),
        ("JPY", 2_265_772_896),
        ("USD", 216_873_727_868),
    ];
    assert_eq!(
        totals,
        expected
            .map(|(currency, total)| (currency.to_owned(), total))
            .into()
    );
}

#[test]
fn sobject_trees_link_by_their_references() {
    let Some(folder) = datasets("the sObject trees") else {
        return;
    };
    let folder = folder.join("crm/salesforce-tree");
    let accounts = rows_of(&folder, "Accounts.json", Kind::Accounts);
    let contacts = rows_of(&folder, "Contacts.json", Kind::Contacts);
    let deals = rows_of(&folder, "Opportunities.json", Kind::Opportunities);
    assert_eq!((accounts.len(), contacts.len(), deals.len()), (10, 6, 20));
    let ids: Vec<&str> = accounts
        .iter()
        .map(|row| text(row, "account.external_id"))
        .collect();
    assert!(
        contacts
            .iter()
            .chain(&deals)
            .all(|row| ids.contains(&text(row, "account.external_id")))
    );
    assert_eq!(count(&contacts, "contact.title"), 6);
}
