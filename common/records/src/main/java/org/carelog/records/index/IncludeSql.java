package org.carelog.records.index;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.carelog.fhir.search.Include;
import org.carelog.fhir.search.SearchQuery;
import org.carelog.fhir.search.SearchableType;
import org.carelog.fhir.search.SearchableTypes;

/** What comes along with a page's matches, each resource once, in the order of types and of creation. */
final class IncludeSql {
    private final SearchableTypes types;
    private final Sight sight;

    IncludeSql(SearchableTypes types, Sight sight) {
        this.types = types;
        this.sight = sight;
    }

    Optional<Fragment> of(SearchQuery query, long[] matchKeys, String[] matchIds, int limit) {
        List<Fragment> parts = new ArrayList<>();
        for (Include include : query.includes()) {
            parts.add(include.reversed() ? reversed(include, query.type(), matchIds) : forward(include, matchKeys));
        }
        return parts.isEmpty()
                ? Optional.empty()
                : Optional.of(Fragment.template(
                        """
                        with included as (
                            %s)
                        select r.resource_key, r.resource_type, r.resource_id, r.version_id, r.last_updated, r.patient_id, v.content
                        from (select distinct resource_key from included) once
                        join resource r on r.resource_key = once.resource_key
                        join resource_version v on v.resource_key = r.resource_key and v.version_id = r.version_id
                        where %s
                        order by r.resource_type, r.resource_key
                        limit %s""",
                        Fragment.list(parts, "\nunion all\n"),
                        Fragment.of("r.resource_key <> all (?)", (Object) matchKeys),
                        Fragment.of("?", limit)));
    }

    private Fragment forward(Include include, long[] matchKeys) {
        List<Fragment> visible = types.all().stream()
                .map(SearchableType::name)
                .filter(include.target().isPresent() ? include.target().get()::equals : include.reference()::canTarget)
                .map(type -> sight.of("r0", type))
                .toList();
        return Fragment.template(
                """
                select r0.resource_key
                from resource_reference f
                join resource r0 on r0.resource_type = f.target_type and r0.resource_id = f.target_id
                where %s and %s""",
                Fragment.of(
                        "f.resource_key = any (?) and f.parameter = ?",
                        matchKeys,
                        include.reference().key()),
                Fragment.or(visible));
    }

    private Fragment reversed(Include include, String type, String[] matchIds) {
        return Fragment.template(
                """
                select r0.resource_key
                from resource_reference f
                join resource r0 on r0.resource_key = f.resource_key
                where %s and %s""",
                Fragment.of(
                        "f.target_id = any (?) and f.parameter = ? and f.target_type = ?",
                        matchIds,
                        include.reference().key(),
                        type),
                sight.of("r0", include.reference().owner()));
    }
}
