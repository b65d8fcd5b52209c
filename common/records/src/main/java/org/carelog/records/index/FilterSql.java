package org.carelog.records.index;

import java.util.ArrayList;
import java.util.List;
import org.carelog.fhir.search.Filter;

/** Conditions of a query as SQL on the head they are about; for those that are looked up before there is the budget. */
final class FilterSql {
    private final Sight sight;
    private final Budget budget;
    private final CommonTokens common;

    FilterSql(Sight sight, Budget budget, CommonTokens common) {
        this.sight = sight;
        this.budget = budget;
        this.common = common;
    }

    /** @param depth how many references of a chain lead here; the head is {@code r<depth>} */
    Fragment all(List<Filter> filters, int depth) {
        String head = "r" + depth;
        List<Fragment> conditions = new ArrayList<>();
        List<Filter.Tokens> tokens = new ArrayList<>();
        for (Filter filter : filters) {
            switch (filter) {
                case Filter.Tokens token -> tokens.add(token);
                case Filter.OfPatient(String patient, Filter.Tokens reference) -> {
                    conditions.add(Fragment.of(head + ".patient_id = ?", patient));
                    tokens.add(reference);
                }
                case Filter.Ids ids -> conditions.add(ids(ids, head));
                case Filter.LastUpdated updated -> conditions.add(DateSql.at(head + ".last_updated", updated.anyOf()));
                case Filter.Texts strings -> conditions.add(TextSql.exists(strings, head));
                case Filter.Words words -> conditions.add(WordSql.contains(words, head));
                case Filter.TokenTexts asked -> tokens.add(TokenTexts.tokens(asked, budget, sight));
                case Filter.Dates dates -> conditions.add(DateSql.exists(dates, head));
                case Filter.Quantities quantities -> conditions.add(QuantitySql.exists(quantities, head));
                case Filter.Near near -> conditions.add(PositionSql.exists(near, head));
                case Filter.All all -> conditions.add(all(all.filters(), depth));
                case Filter.Not not -> conditions.add(Fragment.template("not (%s)", all(List.of(not.filter()), depth)));
                case Filter.Any any ->
                    conditions.add(Fragment.or(any.filters().stream()
                            .map(one -> all(List.of(one), depth))
                            .toList()));
                case Filter.Has has -> conditions.add(has(has, depth + 1));
                case Filter.Chain chain -> conditions.add(chain(chain, depth));
            }
        }
        if (!tokens.isEmpty()) {
            conditions.add(TokenSql.exists(tokens, common, head));
        }
        return Fragment.and(conditions);
    }

    private static Fragment ids(Filter.Ids ids, String head) {
        return Fragment.of(head + (ids.negated() ? ".resource_id <> all (?)" : ".resource_id = any (?)"), (Object)
                ids.anyOf().toArray(String[]::new));
    }

    private Fragment chain(Filter.Chain chain, int depth) {
        return Fragment.or(
                chain.anyOf().stream().map(link -> link(chain, link, depth + 1)).toList());
    }

    private Fragment link(Filter.Chain chain, Filter.Link link, int depth) {
        return Fragment.template(
                """
                exists (
                    select from resource_reference f%1$d
                    join resource r%1$d on r%1$d.resource_type = f%1$d.target_type and r%1$d.resource_id = f%1$d.target_id
                    where f%1$d.resource_key = r%2$d.resource_key and %%s and %%s and %%s)""".formatted(depth, depth - 1),
                Fragment.of(
                        "f%1$d.parameter = ? and f%1$d.target_type = ?".formatted(depth),
                        chain.reference().key(),
                        link.type()),
                sight.of("r" + depth, link.type()),
                all(List.of(link.filter()), depth));
    }

    private Fragment has(Filter.Has has, int depth) {
        return Fragment.template(
                """
                exists (
                    select from resource_reference f%1$d
                    join resource r%1$d on r%1$d.resource_key = f%1$d.resource_key
                    where f%1$d.target_id = r%2$d.resource_id and f%1$d.target_type = r%2$d.resource_type
                        and %%s and %%s and %%s)""".formatted(depth, depth - 1),
                Fragment.of(
                        "f%d.parameter = ?".formatted(depth), has.reference().key()),
                sight.of("r" + depth, has.reference().owner()),
                all(List.of(has.filter()), depth));
    }
}
