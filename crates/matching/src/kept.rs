//! Answers that are worked out once per question and kept from one state of the index to the next.
//!
//! Working one out takes long, and changes come meanwhile. Nobody waits for anybody: the next state
//! remembers what changed since an answer was begun, and takes it over when it is there.

use std::{
    collections::VecDeque,
    sync::{Arc, Mutex, OnceLock, PoisonError},
};

/// Questions that are kept at once, the latest asked.
const KEPT_MAX: usize = 24;
/// With more changes than this, an answer that is still not there is begun anew.
const CHANGES_MAX: usize = 20_000;

/// Questions are few and looked through from the latest asked on.
pub(crate) struct Kept<K, V>(Mutex<VecDeque<Entry<K, V>>>);

#[derive(Clone)]
struct Entry<K, V> {
    key: K,
    answer: Arc<OnceLock<V>>,
    earlier: Option<Earlier<V>>,
}

/// An answer for an earlier state, and the slots that changed since.
#[derive(Clone)]
struct Earlier<V> {
    answer: Arc<OnceLock<V>>,
    changed: Vec<u32>,
}

impl<K, V> Default for Kept<K, V> {
    fn default() -> Self {
        Self(Mutex::default())
    }
}

impl<K: Copy + PartialEq, V: Clone> Kept<K, V> {
    /// The answer, worked out first where it is not there. `correct` works the line of a slot out
    /// again.
    pub(crate) fn get(
        &self,
        key: K,
        work_out: impl FnOnce() -> V,
        correct: impl Fn(&mut V, u32),
    ) -> V {
        let Entry {
            answer, earlier, ..
        } = self.entry(key);
        let answer = answer.get_or_init(|| {
            let ready = earlier.as_ref().and_then(|earlier| earlier.answer.get());
            match (ready, &earlier) {
                (Some(ready), Some(earlier)) => {
                    let mut answer = ready.clone();
                    for slot in &earlier.changed {
                        correct(&mut answer, *slot);
                    }
                    answer
                }
                _ => work_out(),
            }
        });
        answer.clone()
    }

    /// Whether the answer is there, or one for an earlier state that only has to be corrected.
    pub(crate) fn has(&self, key: K) -> bool {
        let entries = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        entries.iter().any(|entry| {
            let earlier = entry.earlier.as_ref();
            entry.key == key
                && (entry.answer.get().is_some()
                    || earlier.is_some_and(|earlier| earlier.answer.get().is_some()))
        })
    }

    /// The slot changed: every answer is corrected, or will be.
    pub(crate) fn change(&mut self, slot: u32, correct: impl Fn(K, &mut V)) {
        let entries = self.0.get_mut().unwrap_or_else(PoisonError::into_inner);
        entries.retain_mut(|entry| {
            let answer = Arc::get_mut(&mut entry.answer).and_then(OnceLock::get_mut);
            match (answer, &mut entry.earlier) {
                (Some(answer), _) => {
                    correct(entry.key, answer);
                    true
                }
                (None, Some(earlier)) => {
                    earlier.changed.push(slot);
                    earlier.changed.len() <= CHANGES_MAX
                }
                (None, None) => false,
            }
        });
    }

    fn entry(&self, key: K) -> Entry<K, V> {
        // A panic elsewhere leaves the entries whole.
        let mut entries = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let place = entries.iter().position(|entry| entry.key == key);
        let entry = place.and_then(|place| entries.remove(place));
        let entry = entry.unwrap_or_else(|| Entry {
            key,
            answer: Arc::default(),
            earlier: None,
        });
        entries.truncate(KEPT_MAX - 1);
        entries.push_front(entry.clone());
        entry
    }
}

impl<K: Copy, V: Clone> Clone for Kept<K, V> {
    fn clone(&self) -> Self {
        let entries = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let next = entries.iter().map(|entry| match entry.answer.get() {
            Some(answer) => Entry {
                key: entry.key,
                answer: Arc::new(OnceLock::from(answer.clone())),
                earlier: None,
            },
            None => Entry {
                key: entry.key,
                answer: Arc::default(),
                // The one that was begun first is there first.
                earlier: Some(entry.earlier.clone().unwrap_or_else(|| Earlier {
                    answer: entry.answer.clone(),
                    changed: Vec::new(),
                })),
            },
        });
        Self(Mutex::new(next.collect()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CORRECT: fn(&mut Vec<u32>, u32) = |answer, slot| answer[slot as usize] += 100;

    #[test]
    fn an_answer_is_worked_out_once_and_corrected_when_a_slot_changes() {
        let mut kept: Kept<u8, Vec<u32>> = Kept::default();
        let first = kept.get(7, || vec![1, 2, 3], CORRECT);
        assert_eq!(first, [1, 2, 3]);
        kept.change(1, |_, answer| answer[1] = 20);
        assert_eq!(kept.get(7, || unreachable!(), CORRECT), [1, 20, 3]);
    }

    #[test]
    fn an_answer_that_comes_after_a_change_is_corrected_by_the_state_after_it() {
        let kept: Kept<u8, Vec<u32>> = Kept::default();
        let mut after = None;
        let answer = kept.get(
            7,
            || {
                // Two states are made while somebody still works on the first.
                let mut second = kept.clone();
                second.change(0, |_, _| unreachable!());
                let mut third = second.clone();
                third.change(2, |_, _| unreachable!());
                after = Some(third);
                vec![1, 2, 3]
            },
            CORRECT,
        );
        assert_eq!(answer, [1, 2, 3]);
        let after = after.expect("made above");
        assert_eq!(after.get(7, || unreachable!(), CORRECT), [101, 2, 103]);
    }

    #[test]
    fn the_questions_that_were_asked_longest_ago_are_forgotten() {
        let kept: Kept<usize, usize> = Kept::default();
        for key in 0..KEPT_MAX + 1 {
            kept.get(key, || key, |_, _| ());
        }
        assert_eq!(kept.get(1, || unreachable!(), |_, _| ()), 1);
        assert_eq!(kept.get(0, || 77, |_, _| ()), 77);
    }
}
