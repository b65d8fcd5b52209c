-- The same collation as the references have that lead here: by another one, a join cannot use the index on type and id, and
-- reads the whole table. Nothing here is text that a person sorts.
alter table resource
    alter column resource_type type text collate "C",
    alter column resource_id type text collate "C",
    alter column patient_id type text collate "C";
