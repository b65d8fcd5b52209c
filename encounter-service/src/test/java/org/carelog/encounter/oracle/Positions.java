package org.carelog.encounter.oracle;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.Location.LocationPositionComponent;

/** @see <a href="https://hl7.org/fhir/R4/location.html#positional">FHIR R4, positional searching for Location</a> */
final class Positions {
    private static final double RADIUS = 6_371_008.8;
    private static final double NEAR = 50_000;
    private static final Map<String, Double> METRES =
            Map.of("", 1_000.0, "km", 1_000.0, "m", 1.0, "[mi_us]", 1_609.347219);

    private Positions() {}

    static boolean isNear(Base element, Operand asked) {
        LocationPositionComponent position = (LocationPositionComponent) element;
        double[] one = direction(
                position.getLatitude().doubleValue(), position.getLongitude().doubleValue());
        List<String> parts = asked.parts();
        double[] other = direction(Double.parseDouble(parts.get(0)), Double.parseDouble(parts.get(1)));
        return RADIUS * angle(one, other) <= metres(parts);
    }

    private static double metres(List<String> parts) {
        return parts.size() < 3
                ? NEAR
                : Double.parseDouble(parts.get(2)) * METRES.get(parts.size() < 4 ? "" : parts.get(3));
    }

    /** From the centre of the earth. */
    private static double[] direction(double latitude, double longitude) {
        double up = Math.toRadians(latitude);
        double along = Math.toRadians(longitude);
        return new double[] {Math.cos(up) * Math.cos(along), Math.cos(up) * Math.sin(along), Math.sin(up)};
    }

    private static double angle(double[] a, double[] b) {
        double[] cross = {a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]};
        double dot = a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
        return Math.atan2(Math.hypot(Math.hypot(cross[0], cross[1]), cross[2]), dot);
    }

    /** What may be asked for so that it is found, or not. */
    static List<Operand> operands(Base element) {
        LocationPositionComponent position = (LocationPositionComponent) element;
        double latitude = position.getLatitude().doubleValue();
        double longitude = position.getLongitude().doubleValue();
        return List.of(
                Operand.of(text(latitude), text(longitude)),
                Operand.of(text(latitude), text(longitude), "0.5", "m"),
                Operand.of(text(latitude + 0.05), text(longitude), "7"),
                Operand.of(text(latitude), text(longitude + 0.5), "30", "[mi_us]"),
                Operand.of(text(-latitude), text(longitude), "30", "km"),
                Operand.of("90", "0", "5000", "km"),
                Operand.of(text(latitude), text(Math.IEEEremainder(longitude + 359.99, 360)), "3", "km"));
    }

    private static String text(double degrees) {
        return String.format(Locale.ROOT, "%.6f", degrees);
    }
}
