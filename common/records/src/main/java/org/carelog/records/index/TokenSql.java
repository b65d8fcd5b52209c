package org.carelog.records.index;

import java.util.ArrayList;
import java.util.List;
import org.carelog.fhir.search.Filter;

/** Token hashes: all conditions of a query on one head go into one look at its array. */
final class TokenSql {
    private TokenSql() {}

    static Fragment exists(List<Filter.Tokens> tokens, String head) {
        List<Long> required = new ArrayList<>();
        List<Fragment> conditions = new ArrayList<>();
        for (Filter.Tokens token : tokens) {
            if (token.negated()) {
                conditions.add(Fragment.of("not t.tokens && ?", (Object) array(token.anyOf())));
            } else if (token.anyOf().size() == 1) {
                required.add(token.anyOf().getFirst());
            } else {
                conditions.add(Fragment.of("t.tokens && ?", (Object) array(token.anyOf())));
            }
        }
        if (!required.isEmpty()) {
            conditions.addFirst(Fragment.of("t.tokens @> ?", (Object) array(required)));
        }
        return Fragment.template(
                "exists (select from resource_token t where t.resource_key = " + head + ".resource_key and %s)",
                Fragment.and(conditions));
    }

    static long[] array(List<Long> hashes) {
        return hashes.stream().mapToLong(Long::longValue).toArray();
    }
}
