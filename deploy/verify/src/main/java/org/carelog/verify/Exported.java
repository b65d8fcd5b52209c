package org.carelog.verify;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.carelog.proof.Hash;

/**
 * A line of an export: a leaf, the way from it to the root, and what it commits to, if that is shown. Arrays are not copied.
 *
 * @param row the number of the line among those of leaves, from 1
 * @param leafHash as a complete export has it, in base64
 * @param proof empty: that of a later line is its own, too
 */
@SuppressWarnings("ArrayRecordComponent")
record Exported(
        long row,
        long index,
        byte[] leaf,
        Optional<String> leafHash,
        Optional<List<Hash>> proof,
        Optional<Opening> opening) {

    /** What was recorded, and what makes the leaf's commitment of it. An empty entry has been erased. */
    @SuppressWarnings("ArrayRecordComponent")
    record Opening(byte[] salt, byte[] previousHash, byte[] hash, byte[] entry) {
        boolean isErased() {
            return salt.length == 0 && entry.length == 0;
        }
    }

    /** @throws IllegalArgumentException when it is none */
    static Exported parse(Fields fields) {
        return new Exported(
                fields.requireNumber("row"),
                fields.requireNumber("index"),
                fields.bytes("leaf"),
                fields.text("leafHash"),
                fields.has("proof") ? Optional.of(fields.hashes("proof")) : Optional.empty(),
                fields.has("entry")
                        ? Optional.of(new Opening(
                                fields.bytes("salt"),
                                fields.bytes("previousHash"),
                                fields.bytes("hash"),
                                fields.bytes("entry")))
                        : Optional.empty());
    }

    /** The leaf's own fields. */
    Fields fields() {
        return Fields.of(new String(leaf, UTF_8));
    }

    static Instant instant(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("not a time");
        }
    }
}
