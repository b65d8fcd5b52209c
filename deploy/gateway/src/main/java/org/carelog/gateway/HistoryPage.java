package org.carelog.gateway;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.carelog.gateway.BundleSlices.Slice;

/** One page of a history made of the pages that several services gave. */
final class HistoryPage {
    private static final Pattern COUNT = Pattern.compile("[?&]_count=(\\d+)");
    private static final Pattern PAGE = Pattern.compile("([?&])_page=[^&]*&?");

    private record Version(HistoryPlace place, byte[] bytes) {}

    private HistoryPage() {}

    /**
     * @param pages by the rank of their service; null: none
     * @param from where the page begins; empty: at the newest
     * @throws IOException when a service gave no history
     */
    static byte[] of(BundleFormat format, List<byte[]> pages, Optional<HistoryPlace> from) throws IOException {
        List<Version> all = new ArrayList<>();
        boolean more = false;
        String self = "";
        for (int service = 0; service < pages.size(); service++) {
            if (pages.get(service) == null) {
                continue;
            }
            BundleSlices page = format.cut(pages.get(service));
            for (Slice entry : page.entries()) {
                String token = service + "." + entry.id();
                HistoryPlace place =
                        HistoryPlace.of(token).orElseThrow(() -> new IOException("a version without a place"));
                all.add(new Version(place, entry.bytes()));
            }
            more |= page.links().containsKey("next");
            self = page.links().getOrDefault("self", "");
            if (!COUNT.matcher(self).find()) {
                throw new IOException("no history, or none that tells how much it gives");
            }
        }
        // stable: what is of one service and one microsecond stays in the service's order
        all.sort(Comparator.comparing(Version::place));
        List<Version> shown = all.subList(0, Math.min(all.size(), count(self)));
        Map<String, String> links = new LinkedHashMap<>();
        links.put("self", at(self, from));
        if (!shown.isEmpty() && (more || shown.size() < all.size())) {
            links.put("next", at(self, Optional.of(shown.getLast().place())));
        }
        return format.together(
                "history",
                OptionalLong.empty(),
                links,
                shown.stream().map(Version::bytes).toList());
    }

    private static int count(String self) {
        return COUNT.matcher(self)
                .results()
                .mapToInt(count -> Integer.parseInt(count.group(1)))
                .findFirst()
                .orElseThrow();
    }

    private static String at(String self, Optional<HistoryPlace> place) {
        String all = PAGE.matcher(self).replaceAll("$1");
        return Stream.concat(
                        Stream.of(all.replaceFirst("[?&]$", "")), place.stream().map(one -> "_page=" + one.token()))
                .reduce((address, page) -> address + (address.contains("?") ? "&" : "?") + page)
                .orElseThrow();
    }
}
