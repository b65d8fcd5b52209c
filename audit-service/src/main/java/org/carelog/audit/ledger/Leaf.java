package org.carelog.audit.ledger;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Pattern;
import org.carelog.audit.journal.Access;
import org.carelog.audit.journal.AccessJson;
import org.carelog.audit.journal.AccessRecorded;
import org.carelog.audit.journal.Entity;
import org.carelog.proof.Hash;

/**
 * What is in the Merkle tree of an access, or of what was noticed about a source: JSON with its fields in a fixed order, of
 * ids, codes, times, and a commitment to the rest, so that the rest can be erased and every proof still holds.
 *
 * @param seq of the access; of the first that is missing; of the one that is not as it was sealed; of the first leaf that stays
 * @param takenAt as the canonical bytes have it
 * @param canonical the exact bytes that are hashed; not copied
 * @param salt of the commitment; empty: there is none; not copied
 */
@SuppressWarnings("ArrayRecordComponent")
public record Leaf(Kind kind, String source, long seq, Instant takenAt, byte[] canonical, byte[] salt) {
    public static final int SALT_LENGTH = 32;

    private static final JsonFactory JSON = new JsonFactory();
    private static final byte[] NO_SALT = {};
    /** A FHIR id, or a code: what does not look so can be anything, and is in the commitment alone. */
    private static final Pattern CODE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:-]{0,63}");

    public enum Kind {
        ACCESS("access"),
        GAP("gap"),
        FAULT("fault"),
        /** What is older than the ledger's retention was given up. */
        RETENTION("retention");

        private final String word;

        Kind(String word) {
            this.word = word;
        }

        String word() {
            return word;
        }

        static Kind of(String word) {
            return valueOf(word.toUpperCase(Locale.ROOT));
        }
    }

    /**
     * @param receivedAt when the ledger took it in
     * @param salt random, 32 bytes, of this entry alone
     */
    public static Leaf of(AccessRecorded entry, Instant receivedAt, byte[] salt) {
        byte[] canonical = write(Kind.ACCESS, entry.source(), entry.seq(), receivedAt, json -> {
            Access access = AccessJson.decode(entry.entry()).orElse(null);
            if (access != null) {
                write(json, access);
            }
            json.writeStringField("commitment", commitment(salt, entry));
        });
        return new Leaf(Kind.ACCESS, entry.source(), entry.seq(), receivedAt, canonical, salt);
    }

    /** Of numbers that were missing. */
    public static Leaf of(String source, Gap gap, Instant noticedAt) {
        byte[] canonical = write(
                Kind.GAP, source, gap.firstSeq(), noticedAt, json -> json.writeNumberField("lastSeq", gap.lastSeq()));
        return new Leaf(Kind.GAP, source, gap.firstSeq(), noticedAt, canonical, NO_SALT);
    }

    /** Of an entry that is not as it was sealed. */
    public static Leaf of(String source, Fault fault, Instant noticedAt) {
        byte[] canonical = write(
                Kind.FAULT,
                source,
                fault.seq(),
                noticedAt,
                json -> json.writeStringField("fault", fault.kind().word()));
        return new Leaf(Kind.FAULT, source, fault.seq(), noticedAt, canonical, NO_SALT);
    }

    /** Of a retention run. */
    public static Leaf of(Retention retention, Instant noticedAt) {
        byte[] canonical = write(Kind.RETENTION, Retention.SOURCE, retention.firstLeaf(), noticedAt, json -> {
            json.writeNumberField("firstLeaf", retention.firstLeaf());
            json.writeStringField("before", retention.before().toString());
            json.writeStringField("eventsBefore", retention.eventsBefore().toString());
            code(json, "subject", retention.subject());
            code(json, "client", retention.client());
        });
        return new Leaf(Kind.RETENTION, Retention.SOURCE, retention.firstLeaf(), noticedAt, canonical, NO_SALT);
    }

    /** SHA-256(salt || hash before it || hash || entry): who does not have the salt cannot try what it may have been. */
    private static String commitment(byte[] salt, AccessRecorded entry) {
        MessageDigest digest = Hash.sha256();
        digest.update(salt);
        digest.update(entry.previousHash());
        digest.update(entry.hash());
        return HexFormat.of().formatHex(digest.digest(entry.entry()));
    }

    @FunctionalInterface
    private interface Fields {
        void write(JsonGenerator json) throws IOException;
    }

    private static byte[] write(Kind kind, String source, long seq, Instant at, Fields rest) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            json.writeStartObject();
            json.writeStringField("leaf", kind.word());
            json.writeStringField("source", source);
            json.writeNumberField("seq", seq);
            json.writeStringField(kind == Kind.ACCESS ? "receivedAt" : "noticedAt", at.toString());
            rest.write(json);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static void write(JsonGenerator json, Access access) throws IOException {
        json.writeStringField("id", access.id().toString());
        json.writeStringField("at", access.at().toString());
        code(json, "interaction", access.interaction());
        code(json, "operation", access.operation());
        code(json, "resourceType", access.resourceType());
        code(json, "method", access.method());
        json.writeNumberField("status", access.status());
        code(json, "subject", access.agent().subject());
        code(json, "client", access.agent().client());
        json.writeArrayFieldStart("entities");
        for (Entity entity : access.entities()) {
            // what led to no version may be anything that somebody wrote into an address
            if (entity.version() != null) {
                json.writeStartObject();
                code(json, "type", entity.type());
                code(json, "id", entity.id());
                json.writeNumberField("version", entity.version());
                code(json, "patient", entity.patient());
                json.writeEndObject();
            }
        }
        json.writeEndArray();
    }

    private static void code(JsonGenerator json, String name, String value) throws IOException {
        if (value != null && CODE.matcher(value).matches()) {
            json.writeStringField(name, value);
        }
    }

    @Override
    public String toString() {
        return "Leaf[" + kind.word() + " " + source + "/" + seq + "]";
    }
}
