-- The texts of codes and references, each once for a parameter, or now and then twice: what begins with some letters is looked
-- up here, and resources have the hash among their tokens. Texts stay when the last resource with them is gone.
create table token_text (
    parameter  integer not null,
    hash       bigint not null,
    normalised text collate "C" not null
);
create index token_text_value on token_text (parameter, left(normalised, 100));
create index token_text_hash on token_text (hash);

grant select, insert on token_text to ${runtime_role};
