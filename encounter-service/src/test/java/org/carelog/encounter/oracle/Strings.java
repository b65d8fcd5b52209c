package org.carelog.encounter.oracle;

import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Address;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.HumanName;
import org.hl7.fhir.r4.model.PrimitiveType;

/** @see <a href="https://hl7.org/fhir/R4/search.html#string">FHIR R4, string</a> */
final class Strings {
    private Strings() {}

    static boolean matches(Base element, String modifier, String asked) {
        return of(element).stream().anyMatch(text -> switch (modifier) {
            case "exact" -> text.equals(asked);
            case "contains" -> plain(text).contains(plain(asked));
            default -> startsWith(text, asked);
        });
    }

    /** By an operator of {@code _filter}. */
    static boolean compares(Base element, String operator, String asked) {
        return of(element).stream().map(Strings::plain).anyMatch(text -> switch (operator) {
            case "co" -> text.contains(plain(asked));
            case "sw" -> text.startsWith(plain(asked));
            case "ew" -> text.endsWith(plain(asked));
            default -> text.equals(plain(asked));
        });
    }

    static boolean startsWith(String text, String asked) {
        return plain(text).startsWith(plain(asked));
    }

    /** A name or an address is found by any of its parts. */
    static List<String> of(Base element) {
        Stream<String> texts = switch (element) {
            case HumanName name ->
                Stream.of(
                                Stream.of(name.getFamily(), name.getText()),
                                strings(name.getGiven()),
                                strings(name.getPrefix()),
                                strings(name.getSuffix()))
                        .flatMap(parts -> parts);
            case Address address ->
                Stream.concat(
                        strings(address.getLine()),
                        Stream.of(
                                address.getCity(),
                                address.getDistrict(),
                                address.getState(),
                                address.getPostalCode(),
                                address.getCountry(),
                                address.getText()));
            case PrimitiveType<?> primitive -> Stream.of(primitive.getValueAsString());
            default -> Stream.of();
        };
        return texts.filter(Objects::nonNull).toList();
    }

    private static Stream<String> strings(List<? extends PrimitiveType<String>> list) {
        return list.stream().map(PrimitiveType::getValueAsString);
    }

    /** Without case, accents, punctuation and more white space than one blank between words. */
    static String plain(String text) {
        String letters = Normalizer.normalize(text, Normalizer.Form.NFKD).replaceAll("[\\p{M}\\p{P}]", "");
        // "ß" is "ss" in upper case only
        return letters.toUpperCase(Locale.ROOT)
                .toLowerCase(Locale.ROOT)
                .replaceAll("[\\s\\p{Z}]+", " ")
                .strip();
    }
}
