package org.carelog.audit.checkpoint;

import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import org.carelog.audit.ledger.BrokenLog;
import org.carelog.audit.ledger.MerkleLog;
import org.carelog.proof.Checkpoint;
import org.carelog.proof.Hash;
import org.carelog.proof.MalformedProof;
import org.carelog.proof.SignedNote;
import org.jboss.logging.Logger;

/**
 * Has a witness sign a checkpoint too, which it does only if it continues the one before: so a history that was written anew, or
 * an older one, is noticed though it has the log's own signature. For one thread, outside of transactions.
 *
 * @see <a href="https://c2sp.org/tlog-witness">C2SP tlog-witness, add-checkpoint</a>
 */
@Singleton
final class Cosigning {
    private static final Logger LOG = Logger.getLogger(Cosigning.class);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(2);
    private static final int CONFLICT = 409;
    /** Other instances have theirs signed meanwhile. */
    private static final int ATTEMPTS = 10;

    private final Optional<URI> witness;
    private final MerkleLog log;
    private final CheckpointState state;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(LONGEST_WAIT)
            .build();
    /** The tree that the witness signed last, as far as we know. */
    private long witnessed;

    private boolean failing;

    Cosigning(CheckpointConfig config, MerkleLog log, CheckpointState state) {
        this.witness = config.witness();
        this.log = log;
        this.state = state;
    }

    /**
     * The checkpoint with the witness's signature; as it was when there is no witness, or it does not answer: a log does not
     * stop for that.
     *
     * @throws BrokenLog when the witness has signed another history, or a longer one
     */
    SignedNote cosigned(SignedNote note) throws InterruptedException {
        if (witness.isEmpty()) {
            return note;
        }
        try {
            SignedNote both = ask(note);
            state.witnessed(witnessed);
            if (failing) {
                LOG.info("audit checkpoints are cosigned again");
                failing = false;
            }
            return both;
        } catch (IOException | MalformedProof e) {
            if (!failing) {
                LOG.warnf(
                        "audit checkpoints are not cosigned failure=%s",
                        e.getClass().getName());
                failing = true;
            }
            return note;
        }
    }

    private SignedNote ask(SignedNote note) throws IOException, InterruptedException {
        long size = Checkpoint.parse(note.text()).size();
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            HttpResponse<String> answer = send(note, size);
            switch (answer.statusCode()) {
                case 200 -> {
                    witnessed = size;
                    return SignedNote.parse(note + answer.body());
                }
                case CONFLICT -> {
                    long signed = size(answer.body());
                    if (signed == witnessed) {
                        throw another();
                    }
                    witnessed = signed;
                    if (witnessed > log.size()) {
                        throw new BrokenLog("the witness has signed " + witnessed + " leaves, the ledger has fewer");
                    }
                    if (witnessed > size) {
                        return note;
                    }
                }
                case 422 -> throw another();
                default -> throw new IOException("status " + answer.statusCode());
            }
        }
        throw new IOException("other instances were faster each time");
    }

    private BrokenLog another() {
        return new BrokenLog("the first " + witnessed + " leaves are not those that the witness has signed");
    }

    private HttpResponse<String> send(SignedNote note, long size) throws IOException, InterruptedException {
        StringBuilder request = new StringBuilder("old ").append(witnessed).append('\n');
        for (Hash hash : log.tree().consistency(witnessed, size).path()) {
            request.append(hash).append('\n');
        }
        request.append('\n').append(note);
        return http.send(
                HttpRequest.newBuilder(witness.orElseThrow().resolve("/add-checkpoint"))
                        .timeout(LONGEST_WAIT)
                        .POST(HttpRequest.BodyPublishers.ofString(request.toString()))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static long size(String body) throws IOException {
        try {
            return Long.parseLong(body.strip());
        } catch (NumberFormatException e) {
            throw new IOException("no size in the answer", e);
        }
    }
}
