package org.carelog.encounter.oracle;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Some value sets and hierarchies of R4, as its pages have them. */
final class CodeSets {
    private static final String HL7 = "http://terminology.hl7.org/CodeSystem/";
    private static final String CLINICAL = HL7 + "condition-clinical";
    private static final String VERIFICATION = HL7 + "condition-ver-status";

    private static final Map<String, Codes> VALUE_SETS = Map.of(
            valueSet("administrative-gender"),
            new Codes("http://hl7.org/fhir/administrative-gender", Set.of("male", "female", "other", "unknown")),
            valueSet("encounter-status"),
            new Codes(
                    "http://hl7.org/fhir/encounter-status",
                    Set.of(
                            "planned",
                            "arrived",
                            "triaged",
                            "in-progress",
                            "onleave",
                            "finished",
                            "cancelled",
                            "entered-in-error",
                            "unknown")),
            valueSet("observation-category"),
            new Codes(
                    HL7 + "observation-category",
                    Set.of(
                            "social-history",
                            "vital-signs",
                            "imaging",
                            "laboratory",
                            "procedure",
                            "survey",
                            "exam",
                            "therapy",
                            "activity")),
            valueSet("condition-clinical"),
            new Codes(CLINICAL, Set.of("active", "recurrence", "relapse", "inactive", "remission", "resolved")),
            valueSet("condition-ver-status"),
            new Codes(
                    VERIFICATION,
                    Set.of("unconfirmed", "provisional", "differential", "confirmed", "refuted", "entered-in-error")));

    /** By system and code. */
    private static final Map<String, Map<String, String>> PARENTS = Map.of(
            CLINICAL,
            Map.of("recurrence", "active", "relapse", "active", "remission", "inactive", "resolved", "inactive"),
            VERIFICATION,
            Map.of("provisional", "unconfirmed", "differential", "unconfirmed"));

    private record Codes(String system, Set<String> codes) {
        boolean has(Tokens.Coded coded) {
            return system.equals(coded.system()) && codes.contains(lower(coded));
        }
    }

    private CodeSets() {}

    static boolean isIn(Tokens.Coded coded, String valueSet) {
        return VALUE_SETS.get(valueSet).has(coded);
    }

    /** Whether it is the one, or that is its parent. */
    static boolean isBelow(Tokens.Coded coded, Tokens.Coded other) {
        return coded.system() != null
                && coded.system().equals(other.system())
                && (lower(coded).equals(lower(other)) || lower(other).equals(parent(coded)));
    }

    /** The value sets that have it, and one that has others. */
    static Stream<String> around(Tokens.Coded coded) {
        return VALUE_SETS.entrySet().stream()
                .filter(set -> set.getValue().has(coded))
                .flatMap(set -> Stream.of(set.getKey(), valueSet("administrative-gender")));
    }

    /** The code, and its parent, where they are in a hierarchy. */
    static List<Operand> inHierarchy(Tokens.Coded coded) {
        return VALUE_SETS.values().stream().anyMatch(set -> set.has(coded)) && PARENTS.containsKey(coded.system())
                ? Stream.of(lower(coded), parent(coded))
                        .filter(code -> !code.isEmpty())
                        .map(code -> Operand.of(coded.system(), code))
                        .toList()
                : List.of();
    }

    private static String parent(Tokens.Coded coded) {
        return PARENTS.getOrDefault(coded.system(), Map.of()).getOrDefault(lower(coded), "");
    }

    private static String lower(Tokens.Coded coded) {
        return coded.code() == null ? "" : coded.code().toLowerCase(Locale.ROOT);
    }

    private static String valueSet(String name) {
        return "http://hl7.org/fhir/ValueSet/" + name;
    }
}
