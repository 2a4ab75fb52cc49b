-- What else is known of an account and can lock it by rule.
alter table accounts add column has_open_escalation boolean not null default false;
alter table accounts add column has_payment_dispute boolean not null default false;
