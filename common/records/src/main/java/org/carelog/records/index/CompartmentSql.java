package org.carelog.records.index;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.carelog.fhir.HostedType;
import org.carelog.fhir.search.PagePosition;
import org.carelog.sql.PageBytes;

/**
 * The rows of one page of a compartment. Each statement has the root's row first, so that a page is one round trip, and
 * reads the content of those rows only that it gives.
 */
final class CompartmentSql {
    private static final String HEAD =
            "r0.resource_key, r0.resource_type, r0.resource_id, r0.version_id, r0.last_updated, r0.patient_id";

    private static final String NO_MEMBERS = "select resource_key from root";

    private final CompartmentQuery query;
    private final CompartmentTypes types;
    private final Sight sight;

    CompartmentSql(CompartmentQuery query, CompartmentTypes types, Sight sight) {
        this.query = query;
        this.types = types;
        this.sight = sight;
    }

    Fragment page(Stage stage, PagePosition after, int limit) {
        return switch (stage) {
            case OF_PATIENT -> page("s.resource_type, ", Fragment.of(NO_MEMBERS), ofPatient(after, limit));
            case REFERRING -> page("", Fragment.of(NO_MEMBERS), referring(after, limit));
            case REFERENCED -> page("", members(), referenced(after, limit));
        };
    }

    private Fragment page(String order, Fragment members, Fragment page) {
        String inOrder = "s.is_root desc, %ss.resource_key".formatted(order);
        return Fragment.template(
                """
                with root as materialized (
                    select %s from resource r0 where %%s and %%s),
                member as (
                    %%s),
                page as materialized (
                    %%s)
                select s.*, %s
                from (select true as is_root, root.* from root union all select false, page.* from page) s
                join resource_version v on v.resource_key = s.resource_key and v.version_id = s.version_id
                order by %s""".formatted(HEAD, PageBytes.content("v.content", inOrder), inOrder),
                Fragment.of("r0.resource_id = ?", query.root().id()),
                sight.of("r0", query.root().type()),
                members,
                page);
    }

    private Fragment ofPatient(PagePosition after, int limit) {
        List<String> others = types.members().stream()
                .filter(type -> !type.equals(query.root().type()))
                .toList();
        return Fragment.template(
                "select " + HEAD + " from resource r0 where %s order by r0.resource_type, r0.resource_key limit %s",
                Fragment.and(List.of(
                        patientIsRoot(),
                        told(others),
                        Fragment.of(
                                "(r0.resource_type, r0.resource_key) > (?, ?)",
                                after.values().getLast(),
                                after.resourceKey()))),
                Fragment.of("?", limit));
    }

    private Fragment referring(PagePosition after, int limit) {
        return Fragment.template(
                "select " + HEAD
                        + " from (%s) f join resource r0 on r0.resource_key = f.resource_key"
                        + " where r0.resource_key not in (select resource_key from root) and %s"
                        + " order by r0.resource_key limit %s",
                Fragment.template("%s and %s", referrers(), Fragment.of("f.resource_key > ?", after.resourceKey())),
                Fragment.and(
                        isOfPatient()
                                ? List.of(told(types.members()), Fragment.template("(%s) is not true", patientIsRoot()))
                                : List.of(told(types.members()))),
                Fragment.of("?", limit));
    }

    private boolean isOfPatient() {
        return Stage.first(query.root().type()) == Stage.OF_PATIENT;
    }

    private Fragment patientIsRoot() {
        return Fragment.of("r0.patient_id = ?", query.root().id());
    }

    private Fragment referrers() {
        return Fragment.of("""
                select distinct f.resource_key from resource_reference f
                where f.target_id = ? and f.target_type = ? and f.parameter = any ((?::bigint[])::int[])""", query.root().id(), query.root().type(), types.keys());
    }

    /** All that the asker may see, be they told here or not: what they refer to is told by its own source. */
    private Fragment members() {
        Fragment seen = sight.ofAny("r0", types.members());
        List<Fragment> members = new ArrayList<>();
        members.add(Fragment.of("select resource_key from root"));
        if (isOfPatient()) {
            members.add(Fragment.template(
                    "select r0.resource_key from resource r0 where %s and %s", patientIsRoot(), seen));
        }
        members.add(Fragment.template(
                "select r0.resource_key from (%s) f join resource r0 on r0.resource_key = f.resource_key where %s",
                referrers(), seen));
        return Fragment.list(members, "\nunion\n");
    }

    /** Each is looked up by its name: by key the planner would read all that come after. */
    private Fragment referenced(PagePosition after, int limit) {
        return Fragment.template(
                """
                select %s
                from (select distinct f.target_type, f.target_id
                    from member join resource_reference f on f.resource_key = member.resource_key) t
                cross join lateral (
                    select * from resource r
                    where r.resource_type = t.target_type and r.resource_id = t.target_id limit 1) r0
                where r0.resource_key not in (select resource_key from member)
                    and (r0.patient_id is null or r0.patient_id = (select patient_id from root))
                    and %%s and %%s
                order by r0.resource_key limit %%s""".formatted(HEAD),
                told(types.all().stream().map(HostedType::name).toList()),
                Fragment.of("r0.resource_key > ?", after.resourceKey()),
                Fragment.of("?", limit));
    }

    /** What is wanted of these types, told here, and seen by the asker. */
    private Fragment told(Collection<String> names) {
        List<String> wanted = types.all().stream()
                .filter(type -> query.copies() || type.hosting() != HostedType.Hosting.PROJECTED)
                .map(HostedType::name)
                .filter(type -> names.contains(type) && query.wants(type))
                .toList();
        List<Fragment> conditions = new ArrayList<>();
        conditions.add(sight.ofAny("r0", wanted));
        if (!query.copies()) {
            conditions.add(Fragment.of("r0.is_copy is null"));
        }
        if (query.since() != null) {
            conditions.add(Fragment.of("r0.last_updated >= ?", query.since()));
        }
        if (query.care() != null) {
            conditions.add(caredWithin());
        }
        return Fragment.and(conditions);
    }

    /** From the first of its dates to the last. */
    private Fragment caredWithin() {
        return Fragment.of(
                """
                (r0.resource_type <> all (?) or coalesce(
                    (select max(d.high) > ? and min(d.low) < ? from resource_date d
                     where d.resource_key = r0.resource_key), true))""", types.typesWithDates(), query.care().low(), query.care().high());
    }
}
