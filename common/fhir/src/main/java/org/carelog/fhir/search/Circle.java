package org.carelog.fhir.search;

import java.math.BigDecimal;
import java.util.List;

/**
 * The places that are no farther from one than so many metres.
 *
 * @param latitude in degrees, as the longitude
 * @see <a href="https://hl7.org/fhir/R4/location.html#positional">FHIR R4, positional searching for Location</a>
 */
public record Circle(double latitude, double longitude, double metres) {
    static final double MOST_LATITUDE = 90;
    static final double MOST_LONGITUDE = 180;

    /** R4 leaves it to the server what is near, where the client does not say. */
    private static final double NEAR = 50_000;

    private static final Measure METRE = Measure.of(Units.UCUM, "m");

    /**
     * @param text {@code latitude|longitude}, and perhaps {@code |distance} in km or {@code |distance|unit}
     * @throws IllegalArgumentException with a sentence that does not repeat the text
     */
    static Circle parse(String text, QueryContext context) {
        List<String> parts =
                Escapes.split(text, '|').stream().map(Escapes::unescape).toList();
        if (parts.size() < 2 || parts.size() > 4) {
            throw new IllegalArgumentException(
                    "a place is a latitude and a longitude, as -33.87|151.21, or with a distance, as -33.87|151.21|10|km");
        }
        return new Circle(
                within(parts.get(0), MOST_LATITUDE),
                within(parts.get(1), MOST_LONGITUDE),
                parts.size() < 3 || parts.get(2).isEmpty() ? NEAR : metres(parts, context));
    }

    private static double within(String text, double most) {
        double degrees = NumberRange.parse(text).doubleValue();
        if (Math.abs(degrees) > most) {
            throw new IllegalArgumentException("a latitude is from -90 to 90, a longitude from -180 to 180");
        }
        return degrees;
    }

    private static double metres(List<String> parts, QueryContext context) {
        BigDecimal distance = NumberRange.parse(parts.get(2));
        Measure unit =
                context.measure(Units.UCUM, parts.size() < 4 || parts.get(3).isEmpty() ? "km" : parts.get(3));
        if (distance.signum() < 0 || unit.hash() != METRE.hash()) {
            throw new IllegalArgumentException("a distance is not below 0, in a unit of UCUM such as km or [mi_us]");
        }
        return distance.multiply(unit.factor()).doubleValue();
    }

    @Override
    public String toString() {
        return "Circle";
    }
}
