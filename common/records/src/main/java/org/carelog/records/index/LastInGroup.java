package org.carelog.records.index;

import jakarta.inject.Singleton;
import java.util.List;
import java.util.function.Function;
import org.carelog.access.Visibility;
import org.carelog.fhir.FhirProblem;
import org.carelog.fhir.FhirProblemException;
import org.carelog.fhir.search.SearchParameter;
import org.carelog.fhir.search.SearchQuery;
import org.carelog.fhir.search.SearchableTypes;
import org.carelog.sql.PageBytes;
import org.carelog.sql.Sql;

/** Of what a search matches, the last few of each code. Thread-safe. */
@Singleton
public class LastInGroup {
    static final int MAX_FOUND = 5000;

    private final Sql sql;
    private final SearchableTypes types;
    private final SearchSettings settings;
    private final ReadyParameters ready;
    private final CommonTokens common;

    LastInGroup(Sql sql, SearchableTypes types, SearchSettings settings, ReadyParameters ready, CommonTokens common) {
        this.sql = sql;
        this.types = types;
        this.settings = settings;
        this.ready = ready;
        this.common = common;
    }

    /**
     * Group by group, the latest first. Resources are of one group when their {@code code} begins with the same coding or, without
     * one, has the same text.
     *
     * @param date the name of the parameter that says which is later; those without a date come last
     * @throws FhirProblemException with BeingIndexed when a parameter does not answer yet, with InvalidOperationParameter when that is too much for one answer, with TooCostly when it
     *     takes too long
     */
    public List<Match> find(SearchQuery query, String date, int max, Function<String, Visibility> visible) {
        Sight sight = new Sight(visible);
        Budget budget = new Budget(sql, settings.timeBudget(), query);
        SearchParameter time = types.require(query.type()).parameter(date).orElseThrow();
        ready.require(query.parameters());
        ready.require(List.of(time));
        Fragment found = Fragment.template(
                """
                with matching as (
                    select r0.resource_key, r0.version_id, r0.last_updated from resource r0 where %s and %s),
                coded as (
                    select m.resource_key, m.version_id, m.last_updated,
                        convert_from(v.content, 'UTF8')::json -> 'code' as code
                    from matching m
                    join resource_version v on v.resource_key = m.resource_key and v.version_id = m.version_id),
                grouped as (
                    select resource_key, version_id, last_updated,
                        json_build_array(
                            code #> '{coding,0,system}', code #> '{coding,0,code}',
                            case when code #> '{coding,0}' is null then code #> '{text}' end)::text as code
                    from coded),
                placed as (
                    select g.resource_key, g.version_id, g.code,
                        row_number() over (
                            partition by g.code
                            order by d.high desc nulls last, g.last_updated desc, g.resource_key desc) as place
                    from grouped g
                    left join resource_date d on d.resource_key = g.resource_key and d.is_last and %s)
                select r.resource_key, r.resource_type, r.resource_id, r.version_id, r.last_updated, r.patient_id,
                    """ + PageBytes.content("v.content", "p.code, p.place") + """

                from placed p
                join resource r on r.resource_key = p.resource_key
                join resource_version v on v.resource_key = p.resource_key and v.version_id = p.version_id
                where %s
                order by p.code, p.place
                limit %s""",
                sight.of("r0", query.type()),
                new FilterSql(sight, budget, common).all(query.filters(), 0),
                Fragment.of("d.parameter = ?", time.key()),
                Fragment.of("p.place <= ?", max),
                Fragment.of("?", MAX_FOUND + 1));
        List<Match> matches = budget.list(found, Row::match);
        if (matches.size() > MAX_FOUND || !matches.stream().allMatch(Match::hasContent)) {
            throw FhirProblem.InvalidOperationParameter.refusal(
                    "max",
                    "there are more than %d to tell, or %d bytes; choose by category or code"
                            .formatted(MAX_FOUND, PageBytes.MOST));
        }
        return matches;
    }
}
