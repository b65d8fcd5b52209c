-- New rows' tokens wait in a list, and go into the index together: one by one, they were most of what a write costs. The list
-- is read by every search, and emptied by a writer, so it is kept short: 64 kB hold some 50 rows.
alter index resource_token_tokens set (fastupdate = on, gin_pending_list_limit = 64);

-- resource_by_time and resource_by_patient have the same order without what is deleted, which no query asks for by these.
drop index resource_last_updated;
drop index resource_patient;
