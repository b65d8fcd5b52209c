-- A label may be there twice: of two transactions that add the same, none waits for the other, and so no two for each other.
alter table meta_label drop constraint meta_label_pkey;
create index meta_label_key on meta_label (resource_type, label_key);
