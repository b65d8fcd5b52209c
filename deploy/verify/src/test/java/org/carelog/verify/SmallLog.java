package org.carelog.verify;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.carelog.proof.Checkpoint;
import org.carelog.proof.Frontier;
import org.carelog.proof.Hash;
import org.carelog.proof.SignatureType;
import org.carelog.proof.SignedNote;
import org.carelog.proof.SigningKey;
import org.carelog.proof.Subtree;
import org.carelog.proof.Tree;

/** A log of some accesses, written out as {@code docs/audit.md} and {@code docs/audit-export.md} say. */
final class SmallLog {
    static final SigningKey KEY = SigningKey.of("carelog/audit", SignatureType.ED25519, new byte[32]);

    static final int PROVED_TOGETHER = 8;

    private final Map<Subtree, Hash> hashes = new HashMap<>();
    private final Frontier frontier = new Frontier();
    private final List<byte[]> leaves = new ArrayList<>();
    /** By index; null: of no access. */
    private final List<Opened> opened = new ArrayList<>();

    @SuppressWarnings("ArrayRecordComponent")
    private record Opened(String patient, byte[] salt, byte[] entry) {}

    /** Reads of the charts of two patients in turn, and a gap after every tenth. */
    static SmallLog ofReads(int count) {
        SmallLog log = new SmallLog();
        for (int i = 0; i < count; i++) {
            log.read("p" + i % 2, i);
            if (i % 10 == 9) {
                log.add(
                        "{\"leaf\":\"gap\",\"source\":\"s\",\"seq\":7,\"noticedAt\":\"2026-11-29T10:00:00Z\",\"lastSeq\":8}",
                        null);
            }
        }
        return log;
    }

    /** Says that the leaves before one were given up. */
    SmallLog givenUp(long firstLeaf) {
        add(
                "{\"leaf\":\"retention\",\"source\":\"ledger\",\"seq\":%1$d,\"noticedAt\":\"2026-11-29T12:00:00Z\",\"firstLeaf\":%1$d,\"before\":\"2016-11-01T00:00:00Z\",\"eventsBefore\":\"2016-11-01T00:00:00Z\",\"subject\":\"a1\",\"client\":\"app\"}"
                        .formatted(firstLeaf),
                null);
        return this;
    }

    private void read(String patient, int number) {
        String common =
                "\"id\":\"00000000-0000-0000-0000-%012d\",\"at\":\"2026-11-29T10:%02d:00Z\",\"interaction\":\"read\",\"resourceType\":\"Patient\",\"method\":\"GET\",\"status\":200"
                        .formatted(number, number % 60);
        String entities = "\"entities\":[{\"type\":\"Patient\",\"id\":\"%1$s\",\"version\":1,\"patient\":\"%1$s\"}]"
                .formatted(patient);
        byte[] entry =
                "{%s,\"networkAddress\":\"192.0.2.7\",\"agent\":{\"subject\":\"u%d\",\"name\":\"Änne\",\"client\":\"app\"},%s}"
                        .formatted(common, number % 3, entities)
                        .getBytes(UTF_8);
        byte[] salt = new byte[32];
        Arrays.fill(salt, (byte) number);
        var digest = Hash.sha256();
        digest.update(salt);
        digest.update(new byte[64]);
        add(
                "{\"leaf\":\"access\",\"source\":\"s\",\"seq\":%d,\"receivedAt\":\"2026-11-29T11:00:00Z\",%s,\"subject\":\"u%d\",\"client\":\"app\",%s,\"commitment\":\"%s\"}"
                        .formatted(
                                number + 1,
                                common,
                                number % 3,
                                entities,
                                HexFormat.of().formatHex(digest.digest(entry))),
                new Opened(patient, salt, entry));
    }

    private void add(String leaf, Opened content) {
        leaves.add(leaf.getBytes(UTF_8));
        opened.add(content);
        frontier.add(Hash.leaf(leaves.getLast()), hashes::put);
    }

    long size() {
        return frontier.size();
    }

    private Tree tree() {
        return new Tree(subtrees -> subtrees.stream().map(hashes::get).toList());
    }

    SignedNote checkpoint(long size) {
        return new Checkpoint("carelog/audit", size, tree().root(size)).signed(KEY);
    }

    /** The lines of an export of what concerns a patient, complete or not, from a leaf on. */
    List<String> export(String patient, boolean complete, long first) {
        return export(patient, complete, first, !complete, "");
    }

    /** The same with a proof in each line or, as a complete one may be, in some; and more of the manifest. */
    List<String> export(String patient, boolean complete, long first, boolean eachProved, String more) {
        List<String> lines = new ArrayList<>();
        lines.add(
                "{\"carelog\":\"audit-export/v%d\",\"complete\":%s,\"patient\":\"%s\"%s,\"first\":%d,\"edge\":[%s],\"checkpoint\":\"%s\"}"
                        .formatted(
                                eachProved ? 1 : 2,
                                complete,
                                patient,
                                more,
                                first,
                                quoted(Frontier.subtrees(first).stream()
                                        .map(hashes::get)
                                        .toList()),
                                checkpoint(size()).toString().replace("\n", "\\n")));
        for (long index = first; index < size(); index++) {
            Opened content = opened.get((int) index);
            boolean matches = content == null || content.patient().equals(patient);
            if (complete || matches) {
                lines.add(line(lines.size(), index, eachProved, matches ? content : null));
            }
        }
        return ended(lines);
    }

    /** The same, with a last line that fits. */
    static List<String> ended(List<String> lines) {
        var digest = Hash.sha256();
        lines.forEach(line -> digest.update((line + "\n").getBytes(UTF_8)));
        List<String> all = new ArrayList<>(lines);
        all.add("{\"rows\":%d,\"sha256\":\"%s\"}"
                .formatted(lines.size() - 1, HexFormat.of().formatHex(digest.digest())));
        return all;
    }

    private String line(int row, long index, boolean eachProved, Opened content) {
        byte[] leaf = leaves.get((int) index);
        String line = "{\"row\":%d,\"index\":%d,\"leaf\":\"%s\"".formatted(row, index, base64(leaf));
        if (!eachProved) {
            line += ",\"leafHash\":\"%s\"".formatted(Hash.leaf(leaf));
        }
        if (eachProved || index % PROVED_TOGETHER == PROVED_TOGETHER - 1 || index == size() - 1) {
            line += ",\"proof\":[%s]"
                    .formatted(quoted(tree().inclusion(index, size()).path()));
        }
        return content == null
                ? line + "}"
                : line
                        + ",\"salt\":\"%s\",\"previousHash\":\"%s\",\"hash\":\"%s\",\"entry\":\"%s\"}"
                                .formatted(
                                        base64(content.salt()),
                                        base64(new byte[32]),
                                        base64(new byte[32]),
                                        base64(content.entry()));
    }

    private static String quoted(List<Hash> hashes) {
        return hashes.stream().map(hash -> "\"" + hash + "\"").collect(Collectors.joining(","));
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
