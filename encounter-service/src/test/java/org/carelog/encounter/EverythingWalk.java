package org.carelog.encounter;

import static org.carelog.testing.ServiceUnderTest.as;

import io.restassured.path.json.JsonPath;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a client sees who follows {@code next} to the end of this service's part.
 *
 * @param pages of {@code Type/id}
 * @param included those that are told because others refer to them
 * @param onwards the link to another service's part
 */
record EverythingWalk(List<List<String>> pages, List<String> included, Optional<String> onwards) {
    private static final String BASE = "http://localhost:8080/fhir";

    /** @param address relative to the base */
    static EverythingWalk by(String user, String address) {
        List<List<String>> pages = new ArrayList<>();
        List<String> included = new ArrayList<>();
        String next = address;
        while (next != null && !leadsOnwards(next)) {
            JsonPath page = as(user).urlEncodingEnabled(false)
                    .get("/" + next)
                    .then()
                    .statusCode(200)
                    .extract()
                    .jsonPath();
            List<String> types = found(page, "entry.resource.resourceType");
            List<String> ids = found(page, "entry.resource.id");
            List<String> modes = found(page, "entry.search.mode");
            List<String> references = new ArrayList<>();
            for (int i = 0; i < ids.size(); i++) {
                references.add(types.get(i) + "/" + ids.get(i));
                if (modes.get(i).equals("include")) {
                    included.add(references.getLast());
                }
            }
            pages.add(references);
            next = next(page).orElse(null);
        }
        return new EverythingWalk(pages, included, Optional.ofNullable(next));
    }

    /** Of a page: where the next one is, relative to the base. */
    static Optional<String> next(JsonPath page) {
        return Optional.ofNullable(page.getString("link.find { it.relation == 'next' }?.url"))
                .map(url -> url.substring(BASE.length() + 1));
    }

    private static boolean leadsOnwards(String address) {
        return address.startsWith("Patient/$everything-part");
    }

    private static List<String> found(JsonPath page, String path) {
        return Stream.ofNullable(page.getList(path, String.class))
                .flatMap(List::stream)
                .toList();
    }

    List<String> all() {
        return pages.stream().flatMap(List::stream).toList();
    }
}
