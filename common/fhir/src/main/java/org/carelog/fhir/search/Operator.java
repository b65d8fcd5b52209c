package org.carelog.fhir.search;

import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The operators of {@code _filter}, and which kinds of parameters have them. Each means what an ordinary parameter can ask for.
 *
 * @see <a href="https://hl7.org/fhir/R4/search_filter.html">FHIR R4, the _filter parameter</a>
 */
enum Operator {
    EQ,
    NE,
    CO,
    SW,
    EW,
    GT,
    LT,
    GE,
    LE,
    SA,
    EB,
    AP,
    SS,
    SB,
    IN,
    NI,
    PR,
    RE;

    private static final Set<Operator> OF_ORDERED = EnumSet.of(EQ, NE, GT, LT, GE, LE, SA, EB, AP);
    private static final Set<Operator> OF_TEXT = EnumSet.of(EQ, NE, CO, SW, EW);

    static Optional<Operator> of(String word) {
        return Stream.of(values())
                .filter(operator -> operator.word().equals(word))
                .findFirst();
    }

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether it is that equality does not hold: of what has an order, it is a prefix. */
    boolean negates(ParameterType type) {
        return this == NE && of(type).contains(NE) && !of(type).containsAll(OF_ORDERED);
    }

    /** Those of a kind of parameter. */
    static Set<Operator> of(ParameterType type) {
        EnumSet<Operator> operators = EnumSet.copyOf(
                switch (type) {
                    case DATE, LAST_UPDATED, NUMBER, QUANTITY -> OF_ORDERED;
                    case STRING -> OF_TEXT;
                    case URI -> EnumSet.of(EQ, NE, SS, SB);
                    case REFERENCE -> EnumSet.of(EQ, NE, RE);
                    case TOKEN -> EnumSet.of(EQ, NE, SS, SB, IN, NI);
                    case ID -> EnumSet.of(EQ, NE);
                    case POSITION -> EnumSet.noneOf(Operator.class);
                    case COMPOSITE, WORDS -> EnumSet.of(EQ);
                });
        if (type.semantics().mayBeMissing()) {
            operators.add(PR);
        }
        return operators;
    }

    /**
     * @param operand as it stands in the expression, without quotes
     * @throws IllegalArgumentException when the parameter has no such operator, or cannot have the value
     */
    Filter filter(SearchParameter parameter, String operand, QueryContext context) {
        Semantics semantics = parameter.type().semantics();
        Set<Operator> known = of(parameter.type());
        if (!known.contains(this)
                || !(modifier().isEmpty() || semantics.modifiers(parameter).contains(modifier()))) {
            throw new IllegalArgumentException("%s, a %s, has these operators: %s"
                    .formatted(
                            parameter.name(),
                            parameter.type().word(),
                            String.join(", ", known.stream().map(Operator::word).toList())));
        }
        if (this == PR) {
            return semantics.missing(parameter, !isTrue(operand));
        }
        if (known.containsAll(OF_ORDERED)) {
            return semantics.filter(parameter, "", List.of(word() + operand), context);
        }
        if (parameter.type() == ParameterType.STRING) {
            return StringSemantics.texts(parameter, match(), List.of(Text.of(operand)));
        }
        return semantics.filter(parameter, modifier(), List.of(operand.replace("\\", "\\\\")), context);
    }

    private static boolean isTrue(String operand) {
        return switch (operand) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException("pr is followed by true or false");
        };
    }

    private Filter.TextMatch match() {
        return switch (this) {
            case CO -> Filter.TextMatch.CONTAINS;
            case SW -> Filter.TextMatch.PREFIX;
            case EW -> Filter.TextMatch.SUFFIX;
            default -> Filter.TextMatch.WHOLE;
        };
    }

    private String modifier() {
        return switch (this) {
            case SS -> "below";
            case SB -> "above";
            case IN -> "in";
            case NI -> "not-in";
            default -> "";
        };
    }
}
