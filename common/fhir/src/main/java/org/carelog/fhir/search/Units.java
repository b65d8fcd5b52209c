package org.carelog.fhir.search;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import org.fhir.ucum.Decimal;
import org.fhir.ucum.Pair;
import org.fhir.ucum.UcumEssenceService;
import org.fhir.ucum.UcumException;

/**
 * Units of UCUM, by a library that takes milliseconds to find out what one is: so each is asked for once. A temperature in
 * degrees has no factor, as it does not begin at zero. Thread-safe.
 *
 * @see <a href="https://hl7.org/fhir/R4/search.html#quantity">FHIR R4, quantity</a>
 */
final class Units {
    static final String UCUM = "http://unitsofmeasure.org";

    /** More than any deployment has in use. */
    private static final int REMEMBERED = 2_000;

    private static final int LONGEST = 50;
    private static final Map<String, Optional<Canonical>> KNOWN = Collections.synchronizedMap(new Recent<>(REMEMBERED));

    private Units() {}

    /** @param factor how many of the base units one of it is */
    record Canonical(String units, BigDecimal factor) {}

    /** Loaded when the first unit is met. */
    private static final class Library {
        private static final UcumEssenceService UNITS = load();

        private static UcumEssenceService load() {
            try (InputStream definitions = UcumEssenceService.class.getResourceAsStream("/ucum-essence.xml")) {
                return new UcumEssenceService(definitions);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (UcumException e) {
                throw new IllegalStateException("the library understands the definitions it comes with", e);
            }
        }

        /** It does not say that it could be asked by two at once. */
        static synchronized Optional<Canonical> canonical(String code) {
            try {
                Pair one = UNITS.getCanonicalForm(new Pair(new Decimal("1"), code));
                return Optional.of(new Canonical(
                        one.getCode(), new BigDecimal(one.getValue().asScientific())));
            } catch (UcumException | RuntimeException e) {
                return Optional.empty();
            }
        }
    }

    /** Empty: no unit of UCUM, or none that another can be converted to. */
    static Optional<Canonical> canonical(String code) {
        if (code.isEmpty() || code.length() > LONGEST) {
            return Optional.empty();
        }
        Optional<Canonical> known = KNOWN.get(code);
        if (known == null) {
            known = Library.canonical(code);
            KNOWN.put(code, known);
        }
        return known;
    }

    /** Whether the library would have to find out what it is. */
    static boolean isNew(String code) {
        return !code.isEmpty() && code.length() <= LONGEST && !KNOWN.containsKey(code);
    }
}
