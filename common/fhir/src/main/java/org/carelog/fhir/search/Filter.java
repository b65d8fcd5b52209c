package org.carelog.fhir.search;

import java.util.List;

/** One condition of a query. All conditions of a query must hold. */
public sealed interface Filter {
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

    enum TextMatch {
        PREFIX,
        CONTAINS,
        EXACT
    }

    /** A string of the parameter matches one of these. */
    record Texts(SearchParameter parameter, TextMatch match, List<Text> anyOf) implements Filter {
        public Texts {
            anyOf = List.copyOf(anyOf);
        }
    }

    /** A date or period of the parameter compares to one of these. */
    record Dates(SearchParameter parameter, List<DateComparison> anyOf) implements Filter {
        public Dates {
            anyOf = List.copyOf(anyOf);
        }
    }

    /** The reference leads to a resource of one of these types for which the link's condition holds. */
    record Chain(SearchParameter reference, List<Link> anyOf) implements Filter {
        public Chain {
            anyOf = List.copyOf(anyOf);
        }
    }

    /** A resource type at the end of a reference, and the condition there. */
    record Link(String type, Filter filter) {}
}
