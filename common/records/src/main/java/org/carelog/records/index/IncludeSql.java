package org.carelog.records.index;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.carelog.fhir.search.Include;
import org.carelog.fhir.search.SearchParameter;
import org.carelog.fhir.search.SearchableType;
import org.carelog.fhir.search.SearchableTypes;
import org.carelog.sql.PageBytes;

/** What comes along with some resources, each once, in the order of types and of creation. */
final class IncludeSql {
    private final SearchableTypes types;
    private final Sight sight;

    IncludeSql(SearchableTypes types, Sight sight) {
        this.types = types;
        this.sight = sight;
    }

    /**
     * @param from what includes are followed from
     * @param known keys of what is not to be included again
     */
    Optional<Fragment> of(List<Include> includes, List<Row> from, long[] known, int limit) {
        List<Fragment> parts = new ArrayList<>(forward(includes, from));
        parts.addAll(reversed(includes, from));
        return parts.isEmpty()
                ? Optional.empty()
                : Optional.of(Fragment.template(
                        """
                        with included as (
                            %s)
                        select r.resource_key, r.resource_type, r.resource_id, r.version_id, r.last_updated, r.patient_id,
                            """ + PageBytes.content("v.content", "r.resource_type, r.resource_key") + """

                        from (select distinct resource_key from included) once
                        join resource r on r.resource_key = once.resource_key
                        join resource_version v on v.resource_key = r.resource_key and v.version_id = r.version_id
                        where %s
                        order by r.resource_type, r.resource_key
                        limit %s""",
                        Fragment.list(parts, "\nunion all\n"),
                        Fragment.of("r.resource_key <> all (?)", (Object) known),
                        Fragment.of("?", limit)));
    }

    /** References that lead to the same types are one look. */
    private List<Fragment> forward(List<Include> includes, List<Row> from) {
        long[] keys = from.stream().mapToLong(Row::key).toArray();
        return byTargets(includes).entrySet().stream()
                .map(references -> Fragment.template(
                        """
                        select r0.resource_key
                        from resource_reference f
                        join resource r0 on r0.resource_type = f.target_type and r0.resource_id = f.target_id
                        where %s and %s""",
                        Fragment.of(
                                "f.resource_key = any (?) and f.parameter = any ((?::bigint[])::int[])",
                                keys,
                                keys(references.getValue())),
                        sight.ofAny("r0", references.getKey())))
                .toList();
    }

    private Map<List<String>, List<SearchParameter>> byTargets(List<Include> includes) {
        return includes.stream()
                .filter(include -> !include.reversed())
                .collect(Collectors.groupingBy(
                        this::targets,
                        LinkedHashMap::new,
                        Collectors.mapping(Include::reference, Collectors.toList())));
    }

    private List<String> targets(Include include) {
        return types.all().stream()
                .map(SearchableType::name)
                .filter(include.target().isPresent() ? include.target().get()::equals : include.reference()::canTarget)
                .toList();
    }

    private List<Fragment> reversed(List<Include> includes, List<Row> from) {
        List<Fragment> parts = new ArrayList<>();
        from.stream()
                .map(Row::match)
                .collect(Collectors.groupingBy(Match::type, LinkedHashMap::new, Collectors.toList()))
                .forEach((type, matches) -> {
                    List<SearchParameter> references = includes.stream()
                            .filter(Include::reversed)
                            .filter(include -> include.reference().canTarget(type))
                            .filter(include -> include.target().stream().allMatch(type::equals))
                            .map(Include::reference)
                            .toList();
                    if (!references.isEmpty()) {
                        parts.add(reversed(references, type, matches));
                    }
                });
        return parts;
    }

    private Fragment reversed(List<SearchParameter> references, String type, List<Match> matches) {
        return Fragment.template(
                """
                select r0.resource_key
                from resource_reference f
                join resource r0 on r0.resource_key = f.resource_key
                where %s and %s""",
                Fragment.of(
                        "f.target_id = any (?) and f.parameter = any ((?::bigint[])::int[]) and f.target_type = ?",
                        matches.stream().map(Match::id).toArray(String[]::new),
                        keys(references),
                        type),
                sight.ofAny(
                        "r0",
                        references.stream()
                                .map(SearchParameter::owner)
                                .distinct()
                                .toList()));
    }

    private static long[] keys(Collection<SearchParameter> references) {
        return references.stream().mapToLong(SearchParameter::key).toArray();
    }
}
