package org.carelog.encounter.oracle;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.text.Normalizer;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.PrimitiveType;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Reference;

/** What may be asked for so that an element is found, or nearly: by the values that the population has. */
final class Operands {
    private static final String UCUM = "http://unitsofmeasure.org";
    private static final DateTimeFormatter TO_THE_SECOND = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ssXXX");
    /** Other units of the same measure, and how many of them one is. */
    private static final Map<String, Map.Entry<String, BigDecimal>> OTHERS = Map.of(
            "kg", Map.entry("g", new BigDecimal(1000)),
            "cm", Map.entry("m", new BigDecimal("0.01")),
            "mm[Hg]", Map.entry("kPa", new BigDecimal("0.133322")),
            "mg/dL", Map.entry("g/L", new BigDecimal("0.01")),
            "g/dL", Map.entry("g/L", BigDecimal.TEN),
            "g/L", Map.entry("mg/dL", new BigDecimal(100)),
            "h", Map.entry("min", new BigDecimal(60)));

    private Operands() {}

    static List<Operand> of(Parameter parameter, String modifier, Base element) {
        if (parameter.name().equals("_id")) {
            return List.of(Operand.of(Oracle.id(element)));
        }
        return switch (parameter.kind()) {
            case TOKEN ->
                switch (modifier) {
                    case "text" ->
                        Tokens.texts(element).stream().flatMap(Operands::starts).toList();
                    case "of-type" -> ofType(element);
                    case "in", "not-in" ->
                        Tokens.codes(element).stream()
                                .flatMap(CodeSets::around)
                                .map(Operand::of)
                                .toList();
                    case "above", "below" ->
                        Tokens.codes(element).stream()
                                .flatMap(coded -> CodeSets.inHierarchy(coded).stream())
                                .toList();
                    default -> tokens(element);
                };
            case STRING ->
                Strings.of(element).stream()
                        .flatMap(text -> strings(text, modifier))
                        .toList();
            case DATE ->
                Dates.texts(element).stream()
                        .flatMap(Operands::dates)
                        .map(Operand::of)
                        .toList();
            case NUMBER, QUANTITY -> quantities(element);
            case REFERENCE -> references(element, modifier);
            case SPECIAL -> Positions.operands(element);
            case URI -> uris(((PrimitiveType<?>) element).getValueAsString(), modifier);
            default -> List.of();
        };
    }

    private static List<Operand> tokens(Base element) {
        List<Operand> operands = new ArrayList<>();
        for (Tokens.Coded coded : Tokens.codes(element)) {
            String system = coded.system() == null ? "" : coded.system();
            if (coded.code() != null) {
                operands.add(Operand.of(coded.code()));
                operands.add(Operand.of(system, coded.code()));
                operands.add(Operand.of(otherCase(coded.code())));
                operands.add(Operand.of("", coded.code()));
                operands.add(Operand.of("urn:of-nobody", coded.code()));
            }
            if (!system.isEmpty()) {
                operands.add(Operand.of(system, ""));
            }
        }
        return operands;
    }

    private static List<Operand> ofType(Base element) {
        List<Operand> operands = new ArrayList<>();
        if (element instanceof Identifier identifier && identifier.hasValue()) {
            for (Coding type : identifier.getType().getCoding()) {
                if (type.hasSystem() && type.hasCode()) {
                    operands.add(Operand.of(type.getSystem(), type.getCode(), identifier.getValue()));
                    operands.add(Operand.of(type.getSystem(), otherCase(type.getCode()), identifier.getValue()));
                    operands.add(Operand.of(type.getSystem(), type.getCode(), "another"));
                }
            }
        }
        return operands;
    }

    private static String otherCase(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        return lower.equals(text) ? text.toUpperCase(Locale.ROOT) : lower;
    }

    private static Stream<Operand> strings(String text, String modifier) {
        return switch (modifier) {
            case "exact" -> Stream.of(text, otherCase(text), first(text, 3)).map(Operand::of);
            case "contains" -> {
                int start = text.offsetByCodePoints(0, text.codePointCount(0, text.length()) / 3);
                yield Stream.of(text.substring(start), first(text.substring(start), 4), otherCase(text))
                        .filter(Operands::saysSomething)
                        .map(Operand::of);
            }
            default -> starts(text);
        };
    }

    private static Stream<Operand> starts(String text) {
        String bare = Normalizer.normalize(text, Normalizer.Form.NFD).replaceAll("\\p{M}", "");
        return Stream.of(text, first(text, 1), first(text, 4), otherCase(text), bare, text.replace(" ", "  "))
                .filter(Operands::saysSomething)
                .map(Operand::of);
    }

    private static boolean saysSomething(String text) {
        return !Strings.plain(text).isEmpty();
    }

    private static String first(String text, int most) {
        return text.substring(0, text.offsetByCodePoints(0, Math.min(most, text.codePointCount(0, text.length()))));
    }

    /** The same time less precisely, and as the clock shows it elsewhere. */
    private static Stream<String> dates(String text) {
        Stream<String> shorter =
                Stream.of(10, 7, 4).filter(length -> length < text.length()).map(length -> text.substring(0, length));
        Dates.Span span = Dates.span(text);
        OffsetDateTime start = Instant.ofEpochMilli(span.low()).atOffset(ZoneOffset.UTC);
        return Stream.concat(
                Stream.concat(Stream.of(text), shorter),
                Stream.of(
                        start.withOffsetSameInstant(ZoneOffset.ofHoursMinutes(5, 30))
                                .format(TO_THE_SECOND),
                        start.withOffsetSameInstant(ZoneOffset.ofHours(-9)).format(TO_THE_SECOND),
                        start.plusDays(1).toLocalDate().toString(),
                        start.format(DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm"))));
    }

    private static List<Operand> quantities(Base element) {
        BigDecimal number = Quantities.span(element)
                .map(span -> span.low() == null ? span.high() : span.low())
                .orElse(null);
        if (number == null) {
            return List.of();
        }
        List<Operand> operands = new ArrayList<>();
        numbers(number).map(Operand::of).forEach(operands::add);
        Quantity unit = Quantities.unit(element);
        for (String name : Stream.of(unit.getCode(), unit.getUnit())
                .filter(name -> name != null)
                .toList()) {
            numbers(number).forEach(text -> operands.add(Operand.of(text, "", name)));
        }
        if (unit.hasCode() && unit.hasSystem()) {
            numbers(number).forEach(text -> operands.add(Operand.of(text, unit.getSystem(), unit.getCode())));
            Map.Entry<String, BigDecimal> other = OTHERS.get(unit.getCode());
            if (other != null) {
                numbers(number.multiply(other.getValue()))
                        .forEach(text -> operands.add(Operand.of(text, UCUM, other.getKey())));
            }
        }
        return operands;
    }

    private static Stream<String> numbers(BigDecimal number) {
        return Stream.of(
                        number,
                        number.setScale(1, RoundingMode.HALF_UP),
                        number.setScale(0, RoundingMode.DOWN),
                        number.add(number.ulp()),
                        number.subtract(BigDecimal.ONE))
                .flatMap(one -> Stream.of(one.toPlainString(), "%se0".formatted(one.toPlainString())))
                .distinct();
    }

    private static List<Operand> references(Base element, String modifier) {
        return switch (modifier) {
            case "identifier" -> element instanceof Reference reference ? tokens(reference.getIdentifier()) : List.of();
            case "text" ->
                element instanceof Reference reference && reference.hasDisplay()
                        ? starts(reference.getDisplay()).toList()
                        : List.of();
            case "" -> references(element);
            default ->
                References.target(element)
                        .filter(target -> target.startsWith(modifier + "/"))
                        .map(target -> Operand.of(id(target)))
                        .stream()
                        .toList();
        };
    }

    private static List<Operand> references(Base element) {
        return References.target(element)
                .map(target -> List.of(
                        Operand.of(target),
                        Operand.of(id(target)),
                        Operand.of(References.BASE + target),
                        Operand.of(target + "/_history/1"),
                        Operand.of(References.BASE + target + "/_history/1")))
                .orElseGet(() -> References.url(element)
                        .filter(url -> url.contains(":"))
                        .map(url -> List.of(Operand.of(url), Operand.of(url.replaceFirst("\\|.*", ""))))
                        .orElse(List.of()));
    }

    private static String id(String target) {
        return target.substring(target.indexOf('/') + 1);
    }

    private static List<Operand> uris(String uri, String modifier) {
        if (modifier.isEmpty()) {
            return List.of(Operand.of(uri), Operand.of(uri.replaceFirst("\\|.*", "")), Operand.of(uri + "x"));
        }
        if (!uri.contains("://")) {
            return List.of();
        }
        String parent = uri.substring(0, Math.max(uri.lastIndexOf('/'), uri.indexOf("://") + 4));
        return Stream.of(uri, uri + "/more", parent, uri.substring(0, uri.length() - 1))
                .filter(one -> !one.endsWith("//"))
                .map(Operand::of)
                .toList();
    }
}
