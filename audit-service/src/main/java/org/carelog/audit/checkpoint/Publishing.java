package org.carelog.audit.checkpoint;

import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.carelog.audit.ledger.BrokenLog;
import org.carelog.proof.Checkpoint;
import org.carelog.proof.SignedNote;

/**
 * Carries checkpoints out of the database, in order: to the topic, then to the files, which so are the mark of what is on the
 * topic. Without files each process begins with the last one. For one thread.
 */
@Singleton
final class Publishing {
    private static final int AT_ONCE = 100;

    private final CheckpointConfig config;
    private final Checkpoints checkpoints;
    private final CheckpointTopic topic;
    private final Signing signing;
    private Optional<CheckpointFiles> files = Optional.empty();
    private Optional<SignedNote> last = Optional.empty();
    private boolean begun;

    Publishing(CheckpointConfig config, Checkpoints checkpoints, CheckpointTopic topic, Signing signing) {
        this.config = config;
        this.checkpoints = checkpoints;
        this.topic = topic;
        this.signing = signing;
    }

    /** @throws BrokenLog when the ledger is not what was published, as when it is from an older backup */
    void publishWhatIsNew() throws IOException, InterruptedException {
        if (!begun) {
            begin();
        }
        last.ifPresent(signing::requireContinued);
        List<SignedNote> fresh;
        do {
            fresh = last.isPresent()
                    ? checkpoints.after(size(), AT_ONCE)
                    : checkpoints.latest().stream().toList();
            for (SignedNote note : fresh) {
                topic.send(note);
                if (files.isPresent()) {
                    files.get().add(note);
                }
                last = Optional.of(note);
            }
        } while (fresh.size() == AT_ONCE);
    }

    private void begin() throws IOException {
        if (config.directory().isPresent()) {
            files = Optional.of(new CheckpointFiles(config.directory().get(), signing.verifier()));
            last = files.get().last();
        }
        begun = true;
    }

    /** Of the last checkpoint that is outside of the database. */
    long size() {
        return last.map(note -> Checkpoint.parse(note.text()).size()).orElse(0L);
    }

    void stop() {
        topic.close();
    }
}
