package org.carelog.records.index;

import org.carelog.fhir.search.Circle;
import org.carelog.fhir.search.Filter;

/** Distances on the earth as a ball. The latitude alone, which an index has, leaves most places out. */
final class PositionSql {
    private static final double RADIUS = 6_371_008.8;

    /** Of a meridian. */
    private static final double METRES_OF_A_DEGREE = Math.toRadians(RADIUS);

    private PositionSql() {}

    static Fragment exists(Filter.Near near, String head) {
        return Fragment.template(
                """
                exists (
                    select from resource_quantity y
                    join resource_quantity x on x.resource_key = y.resource_key and %%s
                    where y.resource_key = %s.resource_key and %%s and %%s)""".formatted(head),
                Fragment.of("x.parameter = ?", near.longitude().key()),
                Fragment.of("y.parameter = ?", near.latitude().key()),
                Fragment.or(near.anyOf().stream().map(PositionSql::within).toList()));
    }

    /** By the haversine formula. */
    private static Fragment within(Circle circle) {
        double degrees = circle.metres() / METRES_OF_A_DEGREE;
        return Fragment.of(
                """
                (y.low between ?::float8::numeric and ?::float8::numeric
                    and 2 * ? * asin(least(1, sqrt(
                        sind((y.low::float8 - ?) / 2) ^ 2
                        + cosd(y.low::float8) * cosd(?) * sind((x.low::float8 - ?) / 2) ^ 2))) <= ?)""",
                Math.max(-90, circle.latitude() - degrees),
                Math.min(90, circle.latitude() + degrees),
                RADIUS,
                circle.latitude(),
                circle.latitude(),
                circle.longitude(),
                circle.metres());
    }
}
