package org.carelog.encounter.oracle;

import java.util.List;
import java.util.stream.Collectors;

/** One parameter of a search: what must hold for a resource. */
sealed interface Condition {
    /** What stands before the equals sign. */
    String name();

    /** What stands behind it. */
    String value();

    /** @param modifier empty: none */
    record Compared(Parameter parameter, String modifier, List<Operand> anyOf) implements Condition {
        @Override
        public String name() {
            return modifier.isEmpty() ? parameter.name() : parameter.name() + ":" + modifier;
        }

        @Override
        public String value() {
            return anyOf.stream().map(Operand::sent).collect(Collectors.joining(","));
        }
    }

    record Missing(Parameter parameter, boolean missing) implements Condition {
        @Override
        public String name() {
            return parameter.name() + ":missing";
        }

        @Override
        public String value() {
            return Boolean.toString(missing);
        }
    }

    /** A composite. */
    record Together(Parameter parameter, List<Pair> anyOf) implements Condition {
        record Pair(Operand left, Operand right) {}

        @Override
        public String name() {
            return parameter.name();
        }

        @Override
        public String value() {
            return anyOf.stream()
                    .map(pair -> pair.left().sent() + "$" + pair.right().sent())
                    .collect(Collectors.joining(","));
        }
    }

    /**
     * The reference leads to a resource for which the condition holds.
     *
     * @param named whether the type of that resource is said
     */
    record Chained(Parameter reference, String target, boolean named, Condition condition) implements Condition {
        @Override
        public String name() {
            return reference.name() + (named ? ":" + target : "") + "." + condition.name();
        }

        @Override
        public String value() {
            return condition.value();
        }
    }

    /** What has the reference leads here, and the condition holds for it. */
    record Has(Parameter reference, Condition condition) implements Condition {
        @Override
        public String name() {
            return "_has:%s:%s".formatted(reference, condition.name());
        }

        @Override
        public String value() {
            return condition.value();
        }
    }

    /** Is an item of one of these Lists. */
    record Listed(List<String> lists) implements Condition {
        @Override
        public String name() {
            return "_list";
        }

        @Override
        public String value() {
            return String.join(",", lists);
        }
    }

    /**
     * The resource says this.
     *
     * @param narrative whether in its narrative
     * @param anyOf alternatives, of each of which all must hold
     */
    record Worded(boolean narrative, List<List<Phrase>> anyOf) implements Condition {
        /** Words that stand together; negated: they do not. */
        record Phrase(boolean negated, List<String> words) {
            String text() {
                return (negated ? "NOT " : "") + "\"%s\"".formatted(String.join(" ", words));
            }
        }

        @Override
        public String name() {
            return narrative ? "_text" : "_content";
        }

        @Override
        public String value() {
            return anyOf.stream()
                    .map(all -> all.stream().map(Phrase::text).collect(Collectors.joining(" ")))
                    .collect(Collectors.joining(" or "));
        }
    }

    /** A {@code _filter}: terms, joined from left to right. */
    record Filtered(List<Term> terms) implements Condition {
        /**
         * @param both whether what stands before must hold, too
         * @param anyOf in parentheses, where there are several
         */
        record Term(boolean both, boolean negated, List<Said> anyOf) {
            String text() {
                String inner = anyOf.stream().map(Said::text).collect(Collectors.joining(" or "));
                return negated ? "not (%s)".formatted(inner) : anyOf.size() > 1 ? "(%s)".formatted(inner) : inner;
            }
        }

        /** @param operand of {@code pr} true or false */
        record Said(Parameter parameter, String operator, Operand operand) {
            String text() {
                return "%s %s \"%s\""
                        .formatted(
                                parameter.name(),
                                operator,
                                String.join("|", operand.parts()).replaceAll("[\\\\\"]", "\\\\$0"));
            }
        }

        @Override
        public String name() {
            return "_filter";
        }

        @Override
        public String value() {
            StringBuilder value = new StringBuilder(terms.getFirst().text());
            terms.stream()
                    .skip(1)
                    .forEach(
                            term -> value.append(term.both() ? " and " : " or ").append(term.text()));
            return value.toString();
        }
    }
}
