-- The words of a text as they are compared: in lower case, without accents, a blank before and behind each.
create function plain_words(value text) returns text language sql immutable parallel safe
    return ' ' || trim(regexp_replace(
        lower(upper(regexp_replace(normalize(value, NFKD), '[\u0300-\u036f]+', '', 'g') collate pg_unicode_fast)),
        '[^[:alnum:]\u0001]+', ' ', 'g')) || ' ';

-- The content as JSON. NUL, which the database's text cannot have and an AuditEvent may name, is a blank; what only looks so, behind
-- a backslash that is escaped, stays.
create function content_json(content bytea) returns jsonb language sql immutable parallel safe
    return case
        when position('\u0000' in convert_from(content, 'UTF8')) > 0
        then regexp_replace(convert_from(content, 'UTF8'), '(?<!\\)((?:\\\\)*)\\u0000', '\1 ', 'g')
        else convert_from(content, 'UTF8')
    end::jsonb;

-- Of a resource's narrative, without its markup. Costs say that it is asked last.
create function narrative_words(content jsonb) returns text language sql immutable parallel safe cost 10000
    return plain_words(coalesce(
        regexp_replace(content #>> '{text,div}', '<[^>]*>|&[#[:alnum:]]+;', ' ', 'g'), ''));

-- Of all that a resource says: not who it is, and what the server notes of it. Between its values stands what no word has.
create function content_words(content jsonb) returns text language sql immutable parallel safe cost 10000
    return narrative_words(content) || plain_words(coalesce((
        select string_agg(value #>> '{}', U&' \0001 ')
        from jsonb_path_query(
            content - '{resourceType,id,meta,text}'::text[], 'strict $.**') as value
        where jsonb_typeof(value) in ('string', 'number')), ''));
