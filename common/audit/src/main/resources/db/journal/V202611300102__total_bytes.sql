-- The bytes of all entries up to the end of the seal: how much waits to be sent is the difference of two of these. null: the
-- seal is older than this column, and counts as nothing.
alter table audit_seal add column total_bytes bigint;
