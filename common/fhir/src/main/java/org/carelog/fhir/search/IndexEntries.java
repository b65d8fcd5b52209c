package org.carelog.fhir.search;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.carelog.fhir.LocalReference;

/** Everything by which a resource is found and sorted. {@code key} is {@link SearchParameter#key} throughout. */
public record IndexEntries(
        Collection<Long> tokens,
        Collection<TokenText> tokenTexts,
        Collection<TextEntry> texts,
        Collection<DateEntry> dates,
        Collection<QuantityEntry> quantities,
        Collection<Target> targets,
        Collection<CodeRange> codes) {

    public record TextEntry(int key, Text text) {}

    /** A text whose hash is among the tokens. */
    public record TokenText(int key, long hash, String normalised) {}

    public record DateEntry(int key, DateRange range) {}

    /** @param beside hashes of what else is in the same occurrence of a composite; empty: it is none */
    public record QuantityEntry(int key, IndexedQuantity quantity, Collection<Long> beside) {}

    /**
     * A resource of this system that the parameter refers to. Whatever the resource refers to anywhere is among them, with
     * {@link SearchParameter#NO_KEY} where no parameter leads to it.
     */
    public record Target(int key, String type, String id) {}

    /** The first and the last code of a token parameter, for sorting. */
    public record CodeRange(int key, String first, String last) {}

    @Override
    public String toString() {
        return "IndexEntries[%d tokens, %d texts, %d dates, %d quantities, %d targets]"
                .formatted(tokens.size(), texts.size(), dates.size(), quantities.size(), targets.size());
    }

    /** Gathers the entries of one resource, each once. */
    static final class Builder {
        private final String baseUrl;
        private final Set<Long> tokens = new TreeSet<>();
        private final Set<TokenText> tokenTexts = new LinkedHashSet<>();
        private final Set<TextEntry> texts = new LinkedHashSet<>();
        private final Set<DateEntry> dates = new LinkedHashSet<>();
        private final Set<QuantityEntry> quantities = new LinkedHashSet<>();
        private final Set<Target> targets = new LinkedHashSet<>();
        private final Set<LocalReference> referred = new HashSet<>();
        private final Map<Integer, CodeRange> codes = new LinkedHashMap<>();

        Builder(String baseUrl) {
            this.baseUrl = baseUrl;
        }

        String baseUrl() {
            return baseUrl;
        }

        void token(long hash) {
            tokens.add(hash);
        }

        /** @param value the text of a code or reference; null: it has none */
        void tokenText(SearchParameter parameter, String value) {
            String normalised = value == null ? "" : Text.of(value).normalised();
            if (!normalised.isEmpty()) {
                long hash = TokenHash.text(parameter, normalised);
                token(hash);
                tokenTexts.add(new TokenText(parameter.key(), hash, normalised));
            }
        }

        void text(SearchParameter parameter, String value) {
            texts.add(new TextEntry(parameter.key(), Text.of(value)));
        }

        void date(SearchParameter parameter, DateRange range) {
            dates.add(new DateEntry(parameter.key(), range));
        }

        void quantity(SearchParameter parameter, IndexedQuantity quantity, Collection<Long> beside) {
            quantities.add(new QuantityEntry(parameter.key(), quantity, beside));
        }

        void target(SearchParameter parameter, String type, String id) {
            targets.add(new Target(parameter.key(), type, id));
            referred.add(new LocalReference(type, id));
        }

        /** A reference, be it of a parameter, which has been noted then, or of none. */
        void reference(LocalReference target) {
            if (referred.add(target)) {
                targets.add(new Target(SearchParameter.NO_KEY, target.type(), target.id()));
            }
        }

        void code(SearchParameter parameter, String folded) {
            String code = Text.storable(folded);
            codes.merge(
                    parameter.key(),
                    new CodeRange(parameter.key(), code, code),
                    (a, b) -> new CodeRange(
                            a.key(),
                            CodePoints.ORDER.compare(a.first(), b.first()) <= 0 ? a.first() : b.first(),
                            CodePoints.ORDER.compare(a.last(), b.last()) >= 0 ? a.last() : b.last()));
        }

        IndexEntries build() {
            return new IndexEntries(
                    List.copyOf(tokens),
                    List.copyOf(tokenTexts),
                    List.copyOf(texts),
                    List.copyOf(dates),
                    List.copyOf(quantities),
                    List.copyOf(targets),
                    new ArrayList<>(codes.values()));
        }
    }
}
