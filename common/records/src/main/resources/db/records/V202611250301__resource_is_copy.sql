-- Of a type that several services own, some rows are this service's own and some are copies. null, which takes no space: own.
alter table resource add column is_copy boolean;
