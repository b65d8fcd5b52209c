package org.carelog.bench.record;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.carelog.local.load.InputResource;
import org.carelog.local.load.TransactionJson;
import org.carelog.local.service.Service;

/** Cuts a person's record into transactions: each within one service, in the order in which they refer to each other. */
final class Parts {

    private static final int MOST_RESOURCES = 1000;
    private static final int MOST_BYTES = 1 << 20;

    private Parts() {}

    static List<Part> of(List<InputResource> record, Map<String, Service> owners) {
        Set<String> ids = record.stream().map(InputResource::id).collect(Collectors.toSet());
        Map<Service, List<InputResource>> byOwner = record.stream()
                .collect(Collectors.groupingBy(
                        resource -> owners.get(resource.type()), LinkedHashMap::new, Collectors.toList()));
        List<Part> parts = new ArrayList<>();
        for (List<InputResource> resources : byOwner.values()) {
            for (List<InputResource> piece : pieces(resources)) {
                parts.add(part(piece, ids));
            }
        }
        return parts;
    }

    static Part part(List<InputResource> resources, Set<String> ids) {
        return new Part(new Template(joined(TransactionJson.of(resources)), ids), resources.size());
    }

    private static List<List<InputResource>> pieces(List<InputResource> resources) {
        List<List<InputResource>> pieces = new ArrayList<>();
        int bytes = MOST_BYTES;
        for (InputResource resource : resources) {
            bytes += resource.json().length;
            if (bytes > MOST_BYTES || pieces.getLast().size() == MOST_RESOURCES) {
                pieces.add(new ArrayList<>());
                bytes = resource.json().length;
            }
            pieces.getLast().add(resource);
        }
        return pieces;
    }

    private static byte[] joined(List<byte[]> pieces) {
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        pieces.forEach(whole::writeBytes);
        return whole.toByteArray();
    }
}
