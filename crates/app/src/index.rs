//! The match index of this node, which follows the event log.

/// The index and the position of the log it stands at.
#[derive(Debug, Default)]
pub struct Live {}
