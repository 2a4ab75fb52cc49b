//! Adapters to the outside: mail now; chat, CRM, identity and webhooks as they come.

pub mod smtp;
