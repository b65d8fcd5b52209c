package org.carelog.gateway;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;

/**
 * One page of a search made of the pages that several services gave: always the least of what each has next, so that pages are in
 * one order, without sorting more than a page. What is of one place in the order comes in the order of the services.
 */
final class SearchPage {
    private static final int USUAL_COUNT = 50;
    private static final int LARGEST_COUNT = 1_000;

    private final BundleFormat format;
    private final SearchPlace place;
    private final List<Part> parts;

    private SearchPage(BundleFormat format, SearchPlace place, List<Part> parts) {
        this.format = format;
        this.place = place;
        this.parts = parts;
    }

    /** A service's page, of which some matches are taken from the front. */
    private static final class Part {
        private final BundleSlices page;
        private final List<SearchEntry> matches = new ArrayList<>();
        private final List<SearchEntry> others = new ArrayList<>();
        private int taken;

        Part(BundleFormat format, byte[] bundle) throws IOException {
            page = format.cut(bundle);
            for (BundleSlices.Slice slice : page.entries()) {
                SearchEntry entry = format.entry(slice);
                (entry.isMatch() ? matches : others).add(entry);
            }
            if (!page.links().containsKey("self")
                    || matches.stream().anyMatch(match -> match.place().isEmpty())) {
                throw new IOException("no search, or one that does not tell places");
            }
        }

        boolean hasMore() {
            return taken < matches.size();
        }

        SearchEntry next() {
            return matches.get(taken);
        }

        /** @param before where this page begins */
        String place(String before) {
            boolean isWhole = !hasMore() && !page.links().containsKey("next");
            return isWhole
                    ? SearchPlace.DONE
                    : taken == 0 ? before : matches.get(taken - 1).place();
        }
    }

    /**
     * @param pages by the rank of their service; null: none
     * @param place where they begin
     * @throws IOException when a service gave no search
     */
    static byte[] of(BundleFormat format, List<byte[]> pages, SearchPlace place, Parameters form) throws IOException {
        List<Part> parts = new ArrayList<>();
        for (byte[] page : pages) {
            parts.add(page == null ? null : new Part(format, page));
        }
        return new SearchPage(format, place, parts).bundle(form);
    }

    private byte[] bundle(Parameters form) {
        List<SearchEntry> shown = matches();
        Set<String> seen =
                new HashSet<>(shown.stream().map(SearchEntry::fullUrl).toList());
        asked().flatMap(part -> part.others.stream())
                .filter(other -> other.fullUrl().isEmpty() || seen.add(other.fullUrl()))
                .forEach(shown::add);
        String address = asked().findFirst()
                .map(part -> part.page.links().get("self").split("\\?", 2)[0])
                .orElseThrow();
        Map<String, String> links = new LinkedHashMap<>();
        links.put("self", place.search().after(address));
        SearchPlace next = next();
        if (next.goesOn()) {
            links.put(
                    "next",
                    Parameters.of("").with("_page", next.token()).and(form).after(address));
        }
        return format.together(
                "searchset",
                total(),
                links,
                shown.stream().map(SearchEntry::bytes).toList());
    }

    private Stream<Part> asked() {
        return parts.stream().filter(part -> part != null);
    }

    private List<SearchEntry> matches() {
        Comparator<SearchEntry> order =
                SearchEntry.order(place.search().first("_sort").orElse(""));
        List<SearchEntry> shown = new ArrayList<>();
        while (shown.size() < count()) {
            Part least = asked().filter(Part::hasMore)
                    .reduce((one, other) -> order.compare(other.next(), one.next()) < 0 ? other : one)
                    .orElse(null);
            if (least == null) {
                return shown;
            }
            shown.add(least.next());
            least.taken++;
        }
        return shown;
    }

    private int count() {
        return place.search()
                .first("_count")
                .filter(count -> count.matches("\\d{1,9}"))
                .map(count -> Math.min(LARGEST_COUNT, Integer.parseInt(count)))
                .orElse(USUAL_COUNT);
    }

    private SearchPlace next() {
        List<String> places = new ArrayList<>();
        for (int i = 0; i < parts.size(); i++) {
            places.add(
                    parts.get(i) == null
                            ? SearchPlace.DONE
                            : parts.get(i).place(place.services().get(i)));
        }
        return new SearchPlace(place.search(), places);
    }

    /** Of all services, or it is none. */
    private OptionalLong total() {
        boolean isKnown = !place.services().contains(SearchPlace.DONE)
                && asked().allMatch(part -> part.page.total().isPresent());
        return isKnown
                ? OptionalLong.of(asked().mapToLong(part -> part.page.total().orElseThrow())
                        .sum())
                : OptionalLong.empty();
    }
}
