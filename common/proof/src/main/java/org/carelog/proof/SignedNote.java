package org.carelog.proof;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A text and the signatures under it. What it says counts for nothing until {@link VerifierKey#hasSigned} says so.
 *
 * @param text ends with a newline
 * @see <a href="https://c2sp.org/signed-note">C2SP signed-note, Format</a>
 */
public record SignedNote(String text, List<NoteSignature> signatures) {
    private static final int MOST_SIGNATURES = 64;

    public SignedNote {
        signatures = List.copyOf(signatures);
        if (!text.endsWith("\n") || text.chars().anyMatch(c -> c < ' ' && c != '\n')) {
            throw new MalformedProof("not the text of a note");
        }
        if (signatures.isEmpty() || signatures.size() > MOST_SIGNATURES) {
            throw new MalformedProof("a note without signatures, or with too many");
        }
    }

    public static SignedNote parse(byte[] note) {
        return parse(Text.utf8(note));
    }

    public static SignedNote parse(String note) {
        int end = note.lastIndexOf("\n\n");
        if (end < 0) {
            throw new MalformedProof("a note without signatures");
        }
        return new SignedNote(
                note.substring(0, end + 1),
                Text.lines(note.substring(end + 2)).stream()
                        .map(NoteSignature::parse)
                        .toList());
    }

    /** The same text, with one more signature. */
    public SignedNote with(NoteSignature signature) {
        List<NoteSignature> more = new ArrayList<>(signatures);
        more.add(signature);
        return new SignedNote(text, more);
    }

    public byte[] bytes() {
        return toString().getBytes(StandardCharsets.UTF_8);
    }

    /** As it is stored and sent. */
    @Override
    public String toString() {
        return text + "\n" + signatures.stream().map(NoteSignature::line).collect(Collectors.joining());
    }
}
