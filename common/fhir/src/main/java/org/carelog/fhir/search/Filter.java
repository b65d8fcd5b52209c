package org.carelog.fhir.search;

import java.util.List;

/** One condition of a query. All conditions of a query must hold. */
public sealed interface Filter {
    /** One of these holds; hashes are one look. */
    static Filter anyOf(List<Filter> filters) {
        return areTokens(filters, false)
                ? together(filters, false)
                : filters.size() == 1 ? filters.getFirst() : new Any(filters);
    }

    /** What a parameter asks for, of each of the parts that have its values: it lacks a value where all of them do. */
    static Filter ofParts(List<Filter> parts) {
        return areTokens(parts, true) ? together(parts, true) : anyOf(parts);
    }

    private static boolean areTokens(List<Filter> filters, boolean negated) {
        return filters.stream().allMatch(filter -> filter instanceof Tokens tokens && tokens.negated() == negated);
    }

    private static Tokens together(List<Filter> tokens, boolean negated) {
        return new Tokens(
                tokens.stream()
                        .flatMap(filter -> ((Tokens) filter).anyOf().stream())
                        .toList(),
                negated);
    }

    /** The logical id is, or is not, one of these. */
    record Ids(List<String> anyOf, boolean negated) implements Filter {
        public Ids {
            anyOf = List.copyOf(anyOf);
        }
    }

    /** The time of the current version compares to one of these. */
    record LastUpdated(List<DateComparison> anyOf) implements Filter {
        public LastUpdated {
            anyOf = List.copyOf(anyOf);
        }
    }

    /** The resource has one of these hashes; negated: none of them. */
    record Tokens(List<Long> anyOf, boolean negated) implements Filter {
        public Tokens {
            anyOf = List.copyOf(anyOf);
        }
    }

    /**
     * The reference by which a resource is in a patient's compartment leads to this patient. The hash says all of it; the head
     * says it too, and sooner.
     */
    record OfPatient(String patientId, Tokens reference) implements Filter {}

    /** The text of a code or reference begins with one of these, normalised. */
    record TokenTexts(SearchParameter parameter, List<Text> anyOf) implements Filter {
        public TokenTexts {
            anyOf = List.copyOf(anyOf);
        }

        /** @param alternatives still escaped */
        static TokenTexts of(SearchParameter parameter, List<String> alternatives) {
            return new TokenTexts(parameter, Text.alternatives(alternatives));
        }

        /** What is hashed before a text and what after it: the hash is the first 64 bits of SHA-256 of all. */
        public byte[] hashedBefore() {
            return TokenHash.beforeText(parameter);
        }

        public byte[] hashedAfter() {
            return ValueHash.bytes("");
        }
    }

    enum TextMatch {
        PREFIX,
        SUFFIX,
        CONTAINS,
        WHOLE,
        /** The whole, as it was written. */
        EXACT
    }

    /** A string of the parameter matches one of these. */
    record Texts(SearchParameter parameter, TextMatch match, List<Text> anyOf) implements Filter {
        public Texts {
            anyOf = List.copyOf(anyOf);
        }
    }

    /**
     * These words stand together in the resource, whatever their case, accents and punctuation.
     *
     * @param narrative whether in its narrative, else anywhere in it
     */
    record Words(boolean narrative, String words) implements Filter {}

    /** A date or period of the parameter compares to one of these. */
    record Dates(SearchParameter parameter, List<DateComparison> anyOf) implements Filter {
        public Dates {
            anyOf = List.copyOf(anyOf);
        }
    }

    /**
     * A number of the parameter compares to one of these.
     *
     * @param beside hashes, one of which must stand in the same occurrence of a composite; empty: it is none
     */
    record Quantities(SearchParameter parameter, List<QuantityComparison> anyOf, List<Long> beside) implements Filter {
        public Quantities {
            anyOf = List.copyOf(anyOf);
            beside = List.copyOf(beside);
        }
    }

    /** The place, whose numbers are those of two parameters, is in one of these circles. */
    record Near(SearchParameter latitude, SearchParameter longitude, List<Circle> anyOf) implements Filter {
        public Near {
            anyOf = List.copyOf(anyOf);
        }
    }

    /** All of these hold. */
    record All(List<Filter> filters) implements Filter {
        public All {
            filters = List.copyOf(filters);
        }
    }

    /** This does not hold. */
    record Not(Filter filter) implements Filter {}

    /** One of these holds. */
    record Any(List<Filter> filters) implements Filter {
        public Any {
            filters = List.copyOf(filters);
        }
    }

    /** A resource of this type refers to the one in question, and the condition holds for it. */
    record Has(SearchParameter reference, Filter filter) implements Filter {}

    /** The reference leads to a resource of one of these types for which the link's condition holds. */
    record Chain(SearchParameter reference, List<Link> anyOf) implements Filter {
        public Chain {
            anyOf = List.copyOf(anyOf);
        }
    }

    /** A resource type at the end of a reference, and the condition there. */
    record Link(String type, Filter filter) {}
}
