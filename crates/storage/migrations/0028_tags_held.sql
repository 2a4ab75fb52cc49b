-- The match index reads what everybody holds: out of this index alone, without a look at each row.

create index tags_held on tags (record_kind, record_id, term_id);
