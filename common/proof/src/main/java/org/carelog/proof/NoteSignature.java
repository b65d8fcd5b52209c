package org.carelog.proof;

import java.nio.ByteBuffer;
import java.util.regex.Pattern;

/**
 * A signature line of a note.
 *
 * @param keyName of who signed
 * @param keyId four bytes that tell keys of one name from each other
 * @param signature as its algorithm has it; not copied
 * @see <a href="https://c2sp.org/signed-note">C2SP signed-note, Signatures</a>
 */
@SuppressWarnings("ArrayRecordComponent")
public record NoteSignature(String keyName, int keyId, byte[] signature) {
    private static final Pattern KEY_NAME = Pattern.compile("[^\\s\\p{Z}\\p{Cc}+]+");
    private static final String DASH = "\u2014 ";

    static void checkKeyName(String name) {
        if (!KEY_NAME.matcher(name).matches()) {
            throw new MalformedProof("no name of a key");
        }
    }

    /** @param line without its newline */
    static NoteSignature parse(String line) {
        String[] words = Text.after(DASH, line).split(" ", -1);
        if (words.length != 2) {
            throw new MalformedProof("not a signature line");
        }
        checkKeyName(words[0]);
        ByteBuffer bytes = ByteBuffer.wrap(Text.base64(words[1]));
        if (bytes.remaining() <= Integer.BYTES) {
            throw new MalformedProof("a signature without a key id");
        }
        int keyId = bytes.getInt();
        byte[] signature = new byte[bytes.remaining()];
        bytes.get(signature);
        return new NoteSignature(words[0], keyId, signature);
    }

    /** The line, with its newline. */
    public String line() {
        byte[] bytes = ByteBuffer.allocate(Integer.BYTES + signature.length)
                .putInt(keyId)
                .put(signature)
                .array();
        return DASH + keyName + " " + Text.base64(bytes) + "\n";
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof NoteSignature signed && line().equals(signed.line());
    }

    @Override
    public int hashCode() {
        return line().hashCode();
    }

    @Override
    public String toString() {
        return "NoteSignature[" + keyName + "]";
    }
}
