package org.carelog.records.interaction;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.carelog.fhir.FhirProblem.InvalidOperationParameter;
import org.carelog.fhir.definition.TypeDefinition;
import org.carelog.fhir.search.DateRange;

/**
 * What is wanted of everything.
 *
 * @param types empty: all
 * @param since null: whenever it changed
 * @param care null: whenever it was done
 */
record EverythingParameters(Set<String> types, Instant since, DateRange care, int count) {
    /** As many as other servers give when nothing is said; the rest follows on further pages. */
    private static final int DEFAULT_COUNT = 20;

    private static final int MAX_COUNT = 1000;

    private static final Set<String> OF_ANY = Set.of("_since", "_type", "_count");
    private static final Set<String> CARE_DATES = Set.of("start", "end");

    /**
     * @param given without those of links
     * @param ofPatient whether care dates may be among them
     */
    static EverythingParameters of(List<Map.Entry<String, String>> given, boolean ofPatient) {
        Set<String> types = new TreeSet<>();
        Set<String> once = new HashSet<>();
        Instant since = null;
        DateRange care = null;
        int count = DEFAULT_COUNT;
        for (Map.Entry<String, String> parameter : given) {
            String name = parameter.getKey();
            String value = parameter.getValue();
            if (!OF_ANY.contains(name) && !(ofPatient && CARE_DATES.contains(name))) {
                throw InvalidOperationParameter.refusal(name, "is no parameter of this operation");
            }
            if (!name.equals("_type") && !once.add(name)) {
                throw InvalidOperationParameter.refusal(name, "is given twice");
            }
            switch (name) {
                case "_type" -> types.addAll(types(value));
                case "_since" -> since = Instant.ofEpochMilli(date(name, value).low());
                case "start" -> care = new DateRange(date(name, value).low(), end(care));
                case "end" ->
                    care = new DateRange(start(care), date(name, value).high());
                default -> count = count(value);
            }
        }
        return new EverythingParameters(types, since, care, count);
    }

    private static long start(DateRange care) {
        return care == null ? DateRange.OPEN_START : care.low();
    }

    private static long end(DateRange care) {
        return care == null ? DateRange.OPEN_END : care.high();
    }

    private static List<String> types(String value) {
        List<String> types = List.of(value.split(",", -1));
        for (String type : types) {
            if (!TypeDefinition.isResourceType(type)) {
                throw InvalidOperationParameter.refusal(
                        "_type", "resource types of R4 are expected, with commas between");
            }
        }
        return types;
    }

    private static DateRange date(String name, String value) {
        try {
            return DateRange.parse(value);
        } catch (IllegalArgumentException e) {
            throw InvalidOperationParameter.refusal(
                    name, "a date or time is expected, such as 2026-01-31 or 2026-01-31T10:00:00Z");
        }
    }

    private static int count(String value) {
        if (!value.matches("0*[1-9]\\d{0,9}")) {
            throw InvalidOperationParameter.refusal("_count", "a whole number from 1 is expected");
        }
        return (int) Math.min(MAX_COUNT, Long.parseLong(value));
    }
}
