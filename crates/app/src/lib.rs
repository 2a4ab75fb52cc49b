//! One file per use case: who may, check, decide, write, record events; jobs; policy.
