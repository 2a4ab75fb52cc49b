-- Whether a consent to an activity holds without asking the person each time.
alter table consents add column agrees_ahead boolean not null default false;
