//! Who is probably the same, and who is not.

use domain::text::fold;

use super::*;

fn company(number: u128, name: &str, domain: Option<&str>) -> Likely {
    Likely {
        id: Uuid::from_u128(number),
        name_folded: fold(name),
        domain: domain.map(str::to_owned),
        account: None,
    }
}

fn person(number: u128, name: &str, account: u128) -> Likely {
    Likely {
        account: Some(Uuid::from_u128(account)),
        ..company(number, name, None)
    }
}

fn found(pairs: &[Pair]) -> Vec<(u128, u128, &[Reason])> {
    pairs
        .iter()
        .map(|pair| {
            (
                pair.one.as_u128(),
                pair.other.as_u128(),
                pair.reasons.as_slice(),
            )
        })
        .collect()
}

#[test]
fn companies_are_the_same_by_domain_by_name_and_but_for_the_legal_form() {
    let rows = [
        company(1, "Acme", Some("acme.com")),
        company(2, "ACME, Inc.", None),
        company(3, "Anvils of the West", Some("acme.com")),
        company(4, "Globex GmbH & Co. KG", None),
        company(5, "Globex", None),
        company(6, "Gmail people", Some("gmail.com")),
        company(7, "Somebody", Some("gmail.com")),
    ];
    let pairs = accounts(&rows);
    assert_eq!(
        found(&pairs),
        [
            (1, 3, &[Reason::SameDomain][..]),
            (1, 2, &[Reason::SameNameButForm]),
            (4, 5, &[Reason::SameNameButForm]),
        ]
    );
}

#[test]
fn a_slip_in_a_long_name_is_found_and_another_domain_tells_two_companies_apart() {
    let one = company(1, "Northwind Traders", None);
    assert_eq!(
        found(&accounts(&[
            one.clone(),
            company(2, "Northwind Trader", None)
        ])),
        [(1, 2, &[Reason::SimilarName][..])]
    );
    let (north, south) = (
        company(1, "Bank of Norfolk", Some("a.com")),
        company(2, "Bank of Norfolc", Some("b.com")),
    );
    assert_eq!(found(&accounts(&[north, south])), []);
    assert_eq!(
        found(&accounts(&[
            company(1, "Acme", None),
            company(2, "Acne", None)
        ])),
        [],
        "too short to tell"
    );
}

#[test]
fn people_of_one_name_are_the_same_only_at_one_account_or_of_one_company() {
    let rows = [
        person(1, "Ann Lee", 1),
        person(2, "Lee, Ann", 1),
        person(3, "Ann Lee", 2),
        person(4, "Katharina Muster", 3),
        person(5, "Katarina Muster", 3),
    ];
    assert_eq!(
        found(&contacts(&rows)),
        [
            (1, 2, &[Reason::SwappedName, Reason::SameAccount][..]),
            (4, 5, &[Reason::SimilarName, Reason::SameAccount]),
        ]
    );
    let mail = |number, account| Likely {
        domain: Some("acme.com".to_owned()),
        ..person(number, "Ann Lee", account)
    };
    assert_eq!(
        found(&contacts(&[mail(1, 1), mail(2, 2)])),
        [(1, 2, &[Reason::SameName, Reason::SameEmailDomain][..])]
    );
}

#[test]
fn a_name_that_thousands_share_costs_thousands_of_comparisons_and_not_their_square() {
    let rows: Vec<Likely> = (0..20_000)
        .map(|number| company(number, "Acme", None))
        .collect();
    let pairs = accounts(&rows);
    assert_eq!(pairs.len(), PAIRS_MAX);
    assert!(
        pairs.iter().all(|pair| pair.one.is_nil()),
        "each is compared with the first"
    );
}

#[test]
fn a_name_that_is_nothing_but_legal_form_keeps_it() {
    assert_eq!(without_form("ab"), "ab");
    assert_eq!(without_form("globex gmbh co kg"), "globex");
    assert_eq!(without_form("the limited store"), "the limited store");
}
