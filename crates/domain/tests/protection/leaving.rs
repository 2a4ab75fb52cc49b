//! Whoever leaves the company speaks for it no longer.

use super::*;

#[test]
fn who_leaves_is_free_until_the_day_before_and_never_again() {
    let leaving = Member {
        left_on: Some(on(20)),
        ..member()
    };
    assert_eq!(availability_of(&leaving, &call(19)), Availability::Free);
    let verdict = check(&Rules::default(), &leaving, &call(20));
    assert_eq!(verdict.refusals, [Refusal::Departed { on: on(20) }]);
    assert_eq!(
        (verdict.next_free, verdict.availability()),
        (None, Availability::Blocked)
    );
    assert!(!verdict.refusals[0].may_be_overridden());
    // A rest that ends after they left does not end in a free day.
    let resting = Member {
        occupied: vec![used(1, Activity::Speaking)],
        ..leaving
    };
    assert_eq!(
        check(&Rules::default(), &resting, &call(15)).next_free,
        None
    );
}
