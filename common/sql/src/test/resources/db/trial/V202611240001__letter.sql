create table letter (written text not null);
grant select, insert on letter to ${runtime_role};
