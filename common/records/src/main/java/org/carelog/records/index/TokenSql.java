package org.carelog.records.index;

import java.util.ArrayList;
import java.util.List;
import org.carelog.fhir.search.Filter;
import org.carelog.sql.Columns;

/**
 * Token hashes: all conditions of a query on one head go into one look at its array. Where one of them leaves few resources, these are
 * looked up first, by the index, whatever the planner would expect.
 */
final class TokenSql {
    private TokenSql() {}

    static Fragment exists(List<Filter.Tokens> tokens, CommonTokens common, String head) {
        List<Long> required = new ArrayList<>();
        List<Fragment> conditions = new ArrayList<>();
        for (Filter.Tokens token : tokens) {
            if (token.negated()) {
                conditions.add(
                        Fragment.of("not t.tokens && ?", (Object) Columns.longs(token.anyOf(), Long::longValue)));
            } else if (token.anyOf().size() == 1) {
                required.add(token.anyOf().getFirst());
            } else {
                conditions.add(Fragment.of("t.tokens && ?", (Object) Columns.longs(token.anyOf(), Long::longValue)));
            }
        }
        if (!required.isEmpty()) {
            conditions.addFirst(Fragment.of("t.tokens @> ?", (Object) Columns.longs(required, Long::longValue)));
        }
        String template = tokens.stream().anyMatch(token -> !token.negated() && common.areRare(token.anyOf()))
                ? head + ".resource_key = any (array(select t.resource_key from resource_token t where %s))"
                : "exists (select from resource_token t where t.resource_key = " + head + ".resource_key and %s)";
        return Fragment.template(template, Fragment.and(conditions));
    }
}
