//! Which created records may go, and in what order: nothing is removed that something else needs.

use std::collections::{HashMap, HashSet, VecDeque};

use storage::import_undo::{Place, Pointer};

use super::report::WhyLeft;

/// What is to become of the records that an import created.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Plan {
    /// Whatever points at a record comes before it.
    pub(super) remove: Vec<Place>,
    pub(super) kept: Vec<(Place, WhyLeft)>,
}

/// Keeps what has a reason to stay and everything that those records point at, and orders the rest.
pub(super) fn plan(
    created: &[Place],
    mut kept: HashMap<Place, WhyLeft>,
    pointers: &[Pointer],
) -> Plan {
    let known: HashSet<Place> = created.iter().copied().collect();
    let mut parents: HashMap<Place, Vec<Place>> = HashMap::new();
    let mut waiting: VecDeque<Place> = kept.keys().copied().collect();
    for pointer in pointers {
        match pointer.from.filter(|from| known.contains(from)) {
            Some(from) if from == pointer.to => {}
            Some(from) => parents.entry(from).or_default().push(pointer.to),
            None if !kept.contains_key(&pointer.to) => {
                kept.insert(pointer.to, WhyLeft::NeededByOthers);
                waiting.push_back(pointer.to);
            }
            None => {}
        }
    }
    while let Some(child) = waiting.pop_front() {
        for parent in parents.get(&child).into_iter().flatten() {
            if !kept.contains_key(parent) {
                kept.insert(*parent, WhyLeft::NeededByOthers);
                waiting.push_back(*parent);
            }
        }
    }
    let mut children: HashMap<Place, usize> = HashMap::new();
    for parent in created
        .iter()
        .filter(|place| !kept.contains_key(place))
        .filter_map(|place| parents.get(place))
        .flatten()
        .filter(|parent| !kept.contains_key(parent))
    {
        *children.entry(*parent).or_default() += 1;
    }
    let mut ready: VecDeque<Place> = created
        .iter()
        .rev()
        .copied()
        .filter(|place| !kept.contains_key(place) && !children.contains_key(place))
        .collect();
    let mut remove = Vec::with_capacity(created.len());
    while let Some(place) = ready.pop_front() {
        remove.push(place);
        for parent in parents.get(&place).into_iter().flatten() {
            if let Some(left) = children.get_mut(parent) {
                *left -= 1;
                if *left == 0 {
                    ready.push_back(*parent);
                }
            }
        }
    }
    // Records that point at each other in a circle stay: neither can go first.
    let gone: HashSet<Place> = remove.iter().copied().collect();
    let kept = created
        .iter()
        .filter(|place| !gone.contains(place))
        .map(|place| {
            let why = kept.get(place).copied();
            (*place, why.unwrap_or(WhyLeft::NeededByOthers))
        })
        .collect();
    Plan { remove, kept }
}

#[cfg(test)]
mod tests {
    use domain::record::RecordKind;
    use uuid::Uuid;

    use super::*;

    fn account(number: u128) -> Place {
        Place {
            record_kind: RecordKind::Account,
            record_id: Uuid::from_u128(number),
        }
    }

    fn points(from: Option<u128>, to: u128) -> Pointer {
        Pointer {
            from: from.map(account),
            to: account(to),
        }
    }

    fn planned(kept: &[u128], pointers: &[Pointer]) -> (Vec<Place>, Vec<(Place, WhyLeft)>) {
        let created = [account(1), account(2), account(3)];
        let kept = kept.iter().map(|id| (account(*id), WhyLeft::UsedSince));
        let plan = plan(&created, kept.collect(), pointers);
        (plan.remove, plan.kept)
    }

    #[test]
    fn children_go_before_their_parents() {
        let chain = [points(Some(3), 1), points(Some(1), 2)];
        let (remove, kept) = planned(&[], &chain);
        assert_eq!(remove, [account(3), account(1), account(2)]);
        assert_eq!(kept, []);
    }

    #[test]
    fn what_a_kept_record_points_at_stays_however_far_away() {
        let chain = [points(Some(3), 1), points(Some(1), 2)];
        let (remove, kept) = planned(&[3], &chain);
        assert_eq!(remove, []);
        assert_eq!(
            kept,
            [
                (account(1), WhyLeft::NeededByOthers),
                (account(2), WhyLeft::NeededByOthers),
                (account(3), WhyLeft::UsedSince)
            ]
        );
    }

    #[test]
    fn a_record_that_others_point_at_stays() {
        let (remove, kept) = planned(&[], &[points(None, 2), points(Some(9), 3)]);
        assert_eq!(remove, [account(1)]);
        assert_eq!(kept.len(), 2);
    }

    #[test]
    fn a_record_that_is_kept_stays_when_what_pointed_at_it_goes() {
        let (remove, kept) = planned(&[2], &[points(Some(1), 2), points(Some(3), 1)]);
        assert_eq!(remove, [account(3), account(1)]);
        assert_eq!(kept, [(account(2), WhyLeft::UsedSince)]);
    }

    #[test]
    fn records_in_a_circle_stay_and_one_that_points_at_itself_goes() {
        let circle = [points(Some(1), 2), points(Some(2), 1), points(Some(3), 3)];
        let (remove, kept) = planned(&[], &circle);
        assert_eq!(remove, [account(3)]);
        assert_eq!(kept.len(), 2);
    }
}
