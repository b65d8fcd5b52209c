package org.carelog.verify;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.carelog.proof.Hash;

/** What the leaf of an access has to be, if it is that of an entry: {@code docs/audit.md}, The tree. Pure. */
final class LeafForm {
    private static final Pattern CODE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:-]{0,63}");

    private LeafForm() {}

    static boolean isAccess(Fields leaf) {
        return leaf.requireText("leaf").equals("access");
    }

    /** Whether it says that leaves before some other were given up. */
    static boolean isRetention(Fields leaf) {
        return leaf.requireText("leaf").equals("retention");
    }

    /** SHA-256(salt || hash before it || hash || entry), in hexadecimal digits. */
    static String commitment(Exported.Opening opening) {
        MessageDigest digest = Hash.sha256();
        digest.update(opening.salt());
        digest.update(opening.previousHash());
        digest.update(opening.hash());
        return HexFormat.of().formatHex(digest.digest(opening.entry()));
    }

    /** The bytes that the leaf has to have, by the entry that it commits to. */
    static byte[] of(Fields leaf, Exported.Opening opening) {
        List<String> fields = new ArrayList<>();
        fields.add("\"leaf\":\"access\"");
        text(fields, "source", leaf.requireText("source"));
        fields.add("\"seq\":" + leaf.requireNumber("seq"));
        text(fields, "receivedAt", leaf.requireText("receivedAt"));
        fields.addAll(ofEntry(opening.entry()));
        text(fields, "commitment", commitment(opening));
        return object(fields).getBytes(UTF_8);
    }

    /** Empty, if it is no access. */
    private static List<String> ofEntry(byte[] bytes) {
        try {
            Fields entry = Fields.of(new String(bytes, UTF_8));
            List<String> fields = new ArrayList<>();
            text(fields, "id", UUID.fromString(entry.requireText("id")).toString());
            text(fields, "at", Exported.instant(entry.requireText("at")).toString());
            code(fields, "interaction", entry.requireText("interaction"));
            code(fields, "operation", entry.text("operation").orElse(""));
            code(fields, "resourceType", entry.text("resourceType").orElse(""));
            code(fields, "method", entry.requireText("method"));
            fields.add("\"status\":" + entry.number("status").orElse(0L));
            Fields agent = entry.fields("agent");
            code(fields, "subject", agent.text("subject").orElse(""));
            code(fields, "client", agent.text("client").orElse(""));
            List<String> entities = new ArrayList<>();
            for (Fields entity : entry.list("entities")) {
                String type = entity.requireText("type");
                String id = entity.requireText("id");
                entity.number("version").ifPresent(version -> entities.add(entity(type, id, version, entity)));
            }
            fields.add("\"entities\":[" + String.join(",", entities) + "]");
            return fields;
        } catch (IllegalArgumentException e) {
            // whatever it is: the leaf has its commitment and nothing of it
            return List.of();
        }
    }

    /** What led to a version. */
    private static String entity(String type, String id, long version, Fields entity) {
        List<String> fields = new ArrayList<>();
        code(fields, "type", type);
        code(fields, "id", id);
        fields.add("\"version\":" + version);
        code(fields, "patient", entity.text("patient").orElse(""));
        return object(fields);
    }

    private static String object(List<String> fields) {
        return "{" + String.join(",", fields) + "}";
    }

    private static void code(List<String> fields, String name, String value) {
        if (CODE.matcher(value).matches()) {
            text(fields, name, value);
        }
    }

    private static void text(List<String> fields, String name, String value) {
        fields.add("\"" + name + "\":\"" + value + "\"");
    }
}
