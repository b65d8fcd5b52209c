package org.carelog.proof;

import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/**
 * Who signs a log's checkpoint only if it continues the one that was signed before: neither the log's operator nor the holder
 * of its key can go back, or show another history, unnoticed. One request after the other. Thread-safe.
 *
 * @see <a href="https://c2sp.org/tlog-witness">C2SP tlog-witness, add-checkpoint</a>
 */
public final class Witness {
    /** A request is smaller: 63 hashes and a note. */
    public static final int LONGEST_REQUEST = 64 * 1024;

    private static final int LONGEST_PROOF = 63;

    private final SigningKey key;
    private final Map<String, VerifierKey> logs;
    private final WitnessStore store;
    private final InstantSource clock;

    /**
     * @param key of the witness
     * @param logs the keys of those it knows, by their origin
     */
    public Witness(SigningKey key, Map<String, VerifierKey> logs, WitnessStore store, InstantSource clock) {
        this.key = key;
        this.logs = Map.copyOf(logs);
        this.store = store;
        this.clock = clock;
    }

    /**
     * The answer to {@code POST /add-checkpoint}.
     *
     * @param status of HTTP
     */
    public record Answer(int status, String contentType, String body) {
        private static final String TEXT = "text/plain; charset=utf-8";

        static Answer refused(int status, String reason) {
            return new Answer(status, TEXT, reason + "\n");
        }

        static Answer conflict(long size) {
            return new Answer(409, "text/x.tlog.size", size + "\n");
        }
    }

    public synchronized Answer add(byte[] request) {
        try {
            String all = Text.utf8(request);
            int end = all.indexOf("\n\n");
            if (end < 0) {
                throw new MalformedProof("a request without a checkpoint");
            }
            List<String> lines = Text.lines(all.substring(0, end + 1));
            if (lines.size() > 1 + LONGEST_PROOF) {
                throw new MalformedProof("a proof that is too long");
            }
            long oldSize = Text.decimal(Text.after("old ", lines.getFirst()));
            SignedNote note = SignedNote.parse(all.substring(end + 2));
            Checkpoint checkpoint = Checkpoint.parse(note.text());
            List<Hash> path = lines.stream().skip(1).map(Hash::ofBase64).toList();
            return answer(new ConsistencyProof(oldSize, checkpoint.size(), path), checkpoint, note);
        } catch (MalformedProof e) {
            return Answer.refused(400, e.getMessage());
        }
    }

    private Answer answer(ConsistencyProof proof, Checkpoint checkpoint, SignedNote note) {
        VerifierKey log = logs.get(checkpoint.origin());
        if (log == null) {
            return Answer.refused(404, "unknown log");
        }
        if (!log.hasSigned(note)) {
            return Answer.refused(403, "not signed by the log");
        }
        if (proof.oldSize() > checkpoint.size()) {
            return Answer.refused(400, "the old size is the larger one");
        }
        Checkpoint latest = store.latest(checkpoint.origin())
                .orElseGet(() -> new Checkpoint(checkpoint.origin(), 0, Hash.OF_NOTHING));
        boolean isOtherTree =
                latest.size() == checkpoint.size() && !latest.root().equals(checkpoint.root());
        if (proof.oldSize() != latest.size() || isOtherTree) {
            return Answer.conflict(latest.size());
        }
        if (!proof.proves(latest.root(), checkpoint.root())) {
            return Answer.refused(422, "not consistent with what was signed before");
        }
        store.keep(checkpoint);
        return new Answer(
                200, Answer.TEXT, key.cosign(note.text(), clock.instant()).line());
    }
}
