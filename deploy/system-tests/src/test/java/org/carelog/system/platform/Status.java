package org.carelog.system.platform;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** What {@code ./carelog status --json} says. */
public record Status(String state, long launcher, List<PartStatus> parts) {
    private static final JsonMapper MAPPER = new JsonMapper();

    static Status of(String json) {
        try {
            JsonNode status = MAPPER.readTree(json);
            List<PartStatus> parts = new ArrayList<>();
            for (JsonNode part : status.path("parts")) {
                parts.add(new PartStatus(
                        part.path("part").asText(),
                        part.path("state").asText(),
                        part.path("pid").asLong(),
                        part.path("port").asInt(),
                        part.path("restarts").asInt()));
            }
            return new Status(
                    status.path("state").asText(), status.at("/launcher/pid").asLong(), parts);
        } catch (IOException e) {
            throw new UncheckedIOException(json, e);
        }
    }

    /** Of every process that it names. */
    public List<Long> pids() {
        List<Long> pids = new ArrayList<>(List.of(launcher));
        parts.forEach(part -> pids.add(part.pid()));
        return pids;
    }

    public PartStatus part(String name) {
        return parts.stream()
                .filter(part -> part.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("There is no part " + name + " in " + this));
    }
}
