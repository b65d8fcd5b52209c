package org.carelog.records.index;

import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.carelog.access.Visibility;
import org.carelog.fhir.FhirProblem;
import org.carelog.fhir.FhirProblemException;
import org.carelog.fhir.search.Filter;
import org.carelog.fhir.search.IndexEntries;
import org.carelog.sql.Columns;
import org.carelog.sql.Sql;

/**
 * The texts by which tokens and references are looked up. In the caller's transaction; a text that is known already, as most
 * are, costs nothing. Two writers may add the same text: neither waits for the other, and a search minds no text that is
 * there twice. Thread-safe.
 */
@Singleton
class TokenTexts {
    /** More than any deployment's codes; beyond, the database is asked again. */
    private static final int REMEMBERED = 20_000;

    private static final int MOST_FOUND = 1_000;

    private final Sql sql;
    /** The hashes of those that are committed. */
    private final Set<Long> known = ConcurrentHashMap.newKeySet();

    TokenTexts(Sql sql) {
        this.sql = sql;
    }

    void put(Collection<IndexEntries.TokenText> texts) {
        Set<Long> seen = new HashSet<>();
        List<IndexEntries.TokenText> unknown = texts.stream()
                .filter(text -> !known.contains(text.hash()) && seen.add(text.hash()))
                .toList();
        if (unknown.isEmpty()) {
            return;
        }
        List<Long> added = sql.list(
                """
                insert into token_text (parameter, hash, normalised)
                select g.parameter::int, g.hash, g.normalised
                from unnest(?::bigint[], ?::bigint[], ?::text[]) as g (parameter, hash, normalised)
                where not exists (select from token_text t where t.hash = g.hash)
                returning hash
                """,
                row -> row.getLong(1),
                Columns.longs(unknown, IndexEntries.TokenText::key),
                Columns.longs(unknown, IndexEntries.TokenText::hash),
                Columns.strings(unknown, IndexEntries.TokenText::normalised));
        // what was added now is known when this transaction has committed, and the next one finds it
        unknown.stream()
                .map(IndexEntries.TokenText::hash)
                .filter(hash -> !added.contains(hash) && known.size() < REMEMBERED)
                .forEach(known::add);
    }

    /**
     * The hashes of the texts that are asked for, so that the planner knows how common they are. A text stands under the parameter that
     * has the rows, and has a hash for each parameter that shares them. Whoever sees one compartment only learns nothing of the texts
     * elsewhere, not even that they are too many.
     *
     * @throws FhirProblemException when there are too many
     */
    static Filter.Tokens tokens(Filter.TokenTexts texts, Budget budget, Sight sight) {
        String type = texts.parameter().owner();
        return switch (sight.visible().apply(type)) {
            case Visibility.Everything _ -> tokens(texts, budget, Fragment.of("token_text s where true"));
            case Visibility.Compartment _ -> tokens(texts, budget, Fragment.template("""
                    resource r
                    join resource_token t on t.resource_key = r.resource_key
                    cross join unnest(t.tokens) as token (hash)
                    join token_text s on s.hash = token.hash
                    where %s""", sight.of("r", type)));
            case Visibility.Nothing _ -> new Filter.Tokens(List.of(), false);
        };
    }

    private static Filter.Tokens tokens(Filter.TokenTexts texts, Budget budget, Fragment from) {
        // hashed there: a thousand texts may be long
        Fragment wanted = Fragment.template(
                """
                select ('x' || encode(substring(sha256(%s) from 1 for 8), 'hex'))::bit(64)::bigint
                from (select distinct s.normalised from %s and %s and %s limit %s) found""",
                Fragment.of(
                        "? || convert_to(found.normalised, 'UTF8') || ?", texts.hashedBefore(), texts.hashedAfter()),
                from,
                Fragment.of("s.parameter = ?", texts.parameter().key()),
                Fragment.or(texts.anyOf().stream()
                        .map(text -> TextSql.matches(Filter.TextMatch.PREFIX, text))
                        .toList()),
                Fragment.of("?", MOST_FOUND + 1));
        List<Long> hashes = budget.list(wanted, row -> row.getLong(1));
        if (hashes.size() > MOST_FOUND) {
            throw new FhirProblemException(new FhirProblem.InvalidSearchParameter(
                    texts.parameter().name() + ":text",
                    "more than %d different texts begin like that; say more of it".formatted(MOST_FOUND)));
        }
        return new Filter.Tokens(hashes, false);
    }
}
