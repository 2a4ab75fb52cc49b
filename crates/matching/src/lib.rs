//! The match index: build, apply a change, query. Pure.
