package org.carelog.records.index;

import org.carelog.fhir.search.Filter;

/** Words, looked for in what is stored: resource by resource, so after all conditions that the index knows of. */
final class WordSql {
    private WordSql() {}

    static Fragment contains(Filter.Words words, String head) {
        // a join would look into all contents at once, those that nothing else speaks for included
        return Fragment.of("""
                position(nullif(plain_words(?), '  ') in %1$s((
                    select content_json(v.content) from resource_version v
                    where v.resource_key = %2$s.resource_key and v.version_id = %2$s.version_id))) > 0""".formatted(words.narrative() ? "narrative_words" : "content_words", head), words.words());
    }
}
