package org.carelog.audit.checkpoint;

import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.inject.Singleton;
import java.util.Base64;
import java.util.Optional;
import org.carelog.audit.ledger.BrokenLog;
import org.carelog.audit.ledger.MerkleLog;
import org.carelog.proof.Checkpoint;
import org.carelog.proof.SignatureType;
import org.carelog.proof.SignedNote;
import org.carelog.proof.SigningKey;
import org.carelog.proof.VerifierKey;

/**
 * Signs the tree as it is, if it continues what was signed before: a log must sign no two that do not fit. Thread-safe.
 *
 * @see <a href="https://c2sp.org/tlog-checkpoint">C2SP tlog-checkpoint, Signatures</a>
 */
@Singleton
public final class Signing {
    private final MerkleLog log;
    private final Checkpoints checkpoints;
    private final Cosigning cosigning;
    private final SigningKey key;

    Signing(CheckpointConfig config, MerkleLog log, Checkpoints checkpoints, Cosigning cosigning) {
        this.log = log;
        this.checkpoints = checkpoints;
        this.cosigning = cosigning;
        this.key = SigningKey.of(config.origin(), SignatureType.ED25519, seed(config.key()));
    }

    private static byte[] seed(String base64) {
        try {
            byte[] seed = Base64.getDecoder().decode(base64);
            if (seed.length == SigningKey.SEED_LENGTH) {
                return seed;
            }
        } catch (IllegalArgumentException e) {
            // the same as one of another length
        }
        throw new IllegalStateException(
                "carelog.checkpoint.key must be %d bytes in base64".formatted(SigningKey.SEED_LENGTH));
    }

    /** The public key of the log. */
    public VerifierKey verifier() {
        return key.verifier();
    }

    /**
     * In transactions of its own; nothing, when nothing is new or another instance signs.
     *
     * @throws BrokenLog when the ledger is not what was signed, by this log or by its witness: then it signs nothing
     */
    void signWhatIsNew() throws InterruptedException {
        Optional<SignedNote> fresh = QuarkusTransaction.requiringNew().call(this::signed);
        if (fresh.isPresent()) {
            SignedNote note = cosigning.cosigned(fresh.get());
            QuarkusTransaction.requiringNew().run(() -> add(note));
        }
    }

    private Optional<SignedNote> signed() {
        long size = log.size();
        Optional<SignedNote> last = checkpoints.latest();
        last.ifPresent(note -> requireContinued(note, size));
        return size > size(last)
                ? Optional.of(new Checkpoint(verifier().name(), size, log.tree().root(size)).signed(key))
                : Optional.empty();
    }

    /** Unless another instance is adding one, or has added a larger one. */
    private void add(SignedNote note) {
        if (checkpoints.lock() && size(Optional.of(note)) > size(checkpoints.latest())) {
            checkpoints.add(note);
        }
    }

    private static long size(Optional<SignedNote> note) {
        return note.map(signed -> Checkpoint.parse(signed.text()).size()).orElse(0L);
    }

    /**
     * In the caller's transaction, or outside one.
     *
     * @throws BrokenLog when the ledger is not what this log signed, with more behind it
     */
    void requireContinued(SignedNote note) {
        requireContinued(note, log.size());
    }

    private void requireContinued(SignedNote note, long size) {
        Checkpoint signed = Checkpoint.parse(note.text());
        if (!verifier().hasSigned(note) || !signed.origin().equals(verifier().name())) {
            throw new BrokenLog("a checkpoint of " + signed.size() + " leaves is not signed by " + verifier());
        }
        if (signed.size() > size) {
            throw new BrokenLog("a checkpoint has " + signed.size() + " leaves, the ledger " + size);
        }
        if (!log.tree().root(signed.size()).equals(signed.root())) {
            throw new BrokenLog("the first " + signed.size() + " leaves are not those of their checkpoint");
        }
    }
}
