package org.carelog.gateway;

import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.carelog.gateway.BundleSlices.Slice;

/** How a Bundle is written: each format cuts its own into entries, and puts entries together. */
enum BundleFormat {
    JSON {
        @Override
        BundleSlices cut(byte[] bundle) throws IOException {
            return BundleSlices.of(bundle);
        }

        @Override
        SearchEntry entry(Slice slice) throws IOException {
            return SearchEntry.of(slice);
        }

        @Override
        byte[] together(String type, OptionalLong total, Map<String, String> links, List<byte[]> entries) {
            return BundleSlices.together(type, total, links, entries);
        }

        @Override
        String refused(int status, String outcome) {
            return "{\"response\":{\"status\":\"%d\",\"outcome\":%s}}".formatted(status, outcome);
        }

        @Override
        String outcome(Refusal refusal) {
            return new String(refusal.outcome(), StandardCharsets.UTF_8);
        }
    },
    XML {
        @Override
        BundleSlices cut(byte[] bundle) throws IOException {
            return XmlSlices.of(bundle);
        }

        @Override
        SearchEntry entry(Slice slice) throws IOException {
            return XmlSearchEntry.of(slice);
        }

        @Override
        byte[] together(String type, OptionalLong total, Map<String, String> links, List<byte[]> entries) {
            return XmlSlices.together(type, total, links, entries);
        }

        @Override
        String refused(int status, String outcome) {
            return "<entry xmlns=\"%s\"><response><status value=\"%d\"/><outcome>%s</outcome></response></entry>"
                    .formatted(XmlSlices.NAMESPACE, status, outcome);
        }

        @Override
        String outcome(Refusal refusal) {
            return "<OperationOutcome xmlns=\"%s\"><issue><severity value=\"error\"/><code value=\"%s\"/><diagnostics value=\"%s\"/></issue></OperationOutcome>"
                    .formatted(XmlSlices.NAMESPACE, refusal.code(), refusal.diagnostics());
        }
    };

    /** The one that the client wants of what the gateway says itself. */
    static BundleFormat wanted(HttpServerRequest request) {
        String format = Optional.ofNullable(request.getParam("_format"))
                .or(() -> Optional.ofNullable(request.getHeader("Accept")))
                .orElse("")
                .toLowerCase(Locale.ROOT);
        return format.contains("xml") && !format.contains("json") && !format.contains("*/*") ? XML : JSON;
    }

    String mediaType() {
        return "application/fhir+%s;charset=UTF-8".formatted(name().toLowerCase(Locale.ROOT));
    }

    /** @param mediaType null: JSON */
    static BundleFormat of(String mediaType) {
        return mediaType != null && mediaType.toLowerCase(Locale.ROOT).contains("xml") ? XML : JSON;
    }

    /** @throws IOException when the bytes are nothing of this format */
    abstract BundleSlices cut(byte[] bundle) throws IOException;

    /** An entry of a searchset, read. */
    abstract SearchEntry entry(Slice slice) throws IOException;

    /** A Bundle of that type with these entries, in their order. */
    byte[] together(String type, List<byte[]> entries) {
        return together(type, OptionalLong.empty(), Map.of(), entries);
    }

    /** @param links by relation */
    abstract byte[] together(String type, OptionalLong total, Map<String, String> links, List<byte[]> entries);

    /** The entry that answers one that was refused. */
    abstract String refused(int status, String outcome);

    abstract String outcome(Refusal refusal);
}
