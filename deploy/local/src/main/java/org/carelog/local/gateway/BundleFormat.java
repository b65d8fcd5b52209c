package org.carelog.local.gateway;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/** How a Bundle is written: each format cuts its own into entries, and puts entries together. */
enum BundleFormat {
    JSON {
        @Override
        BundleSlices cut(byte[] bundle) throws IOException {
            return BundleSlices.of(bundle);
        }

        @Override
        byte[] together(String type, List<byte[]> entries) {
            return BundleSlices.together(type, entries);
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
        byte[] together(String type, List<byte[]> entries) {
            return XmlSlices.together(type, entries);
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

    /** @param mediaType null: JSON */
    static BundleFormat of(String mediaType) {
        return mediaType != null && mediaType.toLowerCase(Locale.ROOT).contains("xml") ? XML : JSON;
    }

    /** @throws IOException when the bytes are nothing of this format */
    abstract BundleSlices cut(byte[] bundle) throws IOException;

    /** A Bundle of that type with these entries, in their order. */
    abstract byte[] together(String type, List<byte[]> entries);

    /** The entry that answers one that was refused. */
    abstract String refused(int status, String outcome);

    abstract String outcome(Refusal refusal);
}
