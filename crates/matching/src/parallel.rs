//! Work on many values at once: spans of them on the processors that there are.

use std::{
    num::NonZero,
    thread::{available_parallelism, scope},
};

/// Fewer values than this are not worth a thread.
const SPAN_MIN: usize = 4_096;
/// More threads than this wait for memory.
const SPANS_MAX: usize = 8;

/// What `of` makes of each span, in the order of the values.
pub(crate) fn spans<T: Sync, R: Send>(values: &[T], of: impl Fn(&[T]) -> R + Sync) -> Vec<R> {
    let processors = available_parallelism().map_or(1, NonZero::get);
    let spans = (values.len() / SPAN_MIN).clamp(1, processors.min(SPANS_MAX));
    let length = values.len().div_ceil(spans).max(1);
    let (first, others) = values.split_at(length.min(values.len()));
    scope(|scope| {
        let of = &of;
        let others = others.chunks(length);
        let others: Vec<_> = others.map(|span| scope.spawn(move || of(span))).collect();
        let first = of(first);
        let others = others.into_iter().map(|other| match other.join() {
            Ok(done) => done,
            Err(panic) => std::panic::resume_unwind(panic),
        });
        std::iter::once(first).chain(others).collect()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_value_is_in_one_span_and_spans_keep_the_order() {
        for count in [0, 1, SPAN_MIN - 1, SPAN_MIN * 3 + 7] {
            let values: Vec<usize> = (0..count).collect();
            let all = spans(&values, <[usize]>::to_vec).concat();
            assert_eq!(all, values);
        }
    }
}
