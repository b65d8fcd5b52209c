package org.carelog.proof;

import java.util.List;
import java.util.Optional;

/**
 * A proof that can be checked without the log: where the leaf is, the way to the root, and the signed checkpoint that has
 * it.
 *
 * @param extra in base64: what comes with it, which nothing proves
 * @see <a href="https://c2sp.org/tlog-proof">C2SP tlog-proof, Format</a>
 */
public record TlogProof(Optional<String> extra, InclusionProof inclusion, SignedNote checkpoint) {
    private static final String FIRST_LINE = "c2sp.org/tlog-proof@v1";
    private static final String EXTRA = "extra ";
    private static final String INDEX = "index ";

    public TlogProof {
        extra.ifPresent(Text::base64);
        if (Checkpoint.parse(checkpoint.text()).size() != inclusion.size()) {
            throw new MalformedProof("a proof for another size");
        }
    }

    public static TlogProof parse(byte[] proof) {
        String all = Text.utf8(proof);
        int end = all.indexOf("\n\n");
        if (end < 0) {
            throw new MalformedProof("a proof without a checkpoint");
        }
        List<String> lines = Text.lines(all.substring(0, end + 1));
        if (!lines.getFirst().equals(FIRST_LINE)) {
            throw new MalformedProof("not a proof");
        }
        boolean hasExtra = lines.size() > 1 && lines.get(1).startsWith(EXTRA);
        int index = hasExtra ? 2 : 1;
        if (lines.size() <= index) {
            throw new MalformedProof("a proof without an index");
        }
        SignedNote checkpoint = SignedNote.parse(all.substring(end + 2));
        return new TlogProof(
                hasExtra ? Optional.of(Text.after(EXTRA, lines.get(1))) : Optional.empty(),
                new InclusionProof(
                        Text.decimal(Text.after(INDEX, lines.get(index))),
                        Checkpoint.parse(checkpoint.text()).size(),
                        lines.subList(index + 1, lines.size()).stream()
                                .map(Hash::ofBase64)
                                .toList()),
                checkpoint);
    }

    /** Whether the leaf is in the log that signed with this key. */
    public boolean proves(Hash leaf, VerifierKey log) {
        Checkpoint signed = Checkpoint.parse(checkpoint.text());
        return log.hasSigned(checkpoint) && signed.origin().equals(log.name()) && inclusion.proves(leaf, signed.root());
    }

    /** As it is stored and sent. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(FIRST_LINE).append('\n');
        extra.ifPresent(base64 -> text.append(EXTRA).append(base64).append('\n'));
        text.append(INDEX).append(inclusion.index()).append('\n');
        inclusion.path().forEach(hash -> text.append(hash).append('\n'));
        return text.append('\n').append(checkpoint).toString();
    }
}
