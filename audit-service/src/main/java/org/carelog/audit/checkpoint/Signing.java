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
    private final SigningKey key;

    Signing(CheckpointConfig config, MerkleLog log, Checkpoints checkpoints) {
        this.log = log;
        this.checkpoints = checkpoints;
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

    /** In a transaction of its own; nothing, when nothing is new or another instance signs. */
    void signWhatIsNew() {
        QuarkusTransaction.requiringNew().run(() -> {
            if (!checkpoints.lock()) {
                return;
            }
            long size = log.size();
            Optional<SignedNote> last = checkpoints.latest();
            long signed = last.map(note -> Checkpoint.parse(note.text()).size()).orElse(0L);
            last.ifPresent(note -> requireContinued(note, size));
            if (size > signed) {
                checkpoints.add(
                        new Checkpoint(verifier().name(), size, log.tree().root(size)).signed(key));
            }
        });
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
