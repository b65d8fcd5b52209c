package org.carelog.proof;

import java.util.List;

/**
 * What a log says of itself: its name, how many leaves it has, and their root.
 *
 * @see <a href="https://c2sp.org/tlog-checkpoint">C2SP tlog-checkpoint, Note text</a>
 */
public record Checkpoint(String origin, long size, Hash root) {
    public Checkpoint {
        if (origin.isEmpty() || origin.contains("\n")) {
            throw new MalformedProof("no origin");
        }
    }

    /** Of the text of a note, whoever signed it; lines that extend it say nothing of the tree. */
    public static Checkpoint parse(String text) {
        List<String> lines = Text.lines(text);
        if (lines.size() < 3 || lines.contains("")) {
            throw new MalformedProof("not a checkpoint");
        }
        return new Checkpoint(lines.get(0), Text.decimal(lines.get(1)), Hash.ofBase64(lines.get(2)));
    }

    public String text() {
        return origin + "\n" + size + "\n" + root + "\n";
    }

    /** Signed by the log itself. */
    public SignedNote signed(SigningKey key) {
        return new SignedNote(text(), List.of(key.sign(text())));
    }
}
