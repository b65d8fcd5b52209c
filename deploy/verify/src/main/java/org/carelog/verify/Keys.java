package org.carelog.verify;

import java.util.List;
import org.carelog.proof.Checkpoint;
import org.carelog.proof.SignedNote;
import org.carelog.proof.VerifierKey;

/** The public keys that a checkpoint must be signed with: the log's, and those of the witnesses that are asked for. */
record Keys(List<VerifierKey> all) {
    /** @param text a key in each line; blank lines, and those that begin with #, are none */
    static Keys parse(String text) {
        List<VerifierKey> keys = text.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                .map(VerifierKey::parse)
                .toList();
        if (keys.isEmpty()) {
            throw new IllegalArgumentException("no key");
        }
        return new Keys(keys);
    }

    void require(SignedNote checkpoint) throws WrongExport {
        String origin = Checkpoint.parse(checkpoint.text()).origin();
        if (all.stream().noneMatch(key -> key.name().equals(origin))) {
            throw WrongExport.whole("the checkpoint is of " + origin + ", of which there is no key");
        }
        for (VerifierKey key : all) {
            if (!key.hasSigned(checkpoint)) {
                throw WrongExport.whole("the checkpoint is not signed by " + key);
            }
        }
    }
}
