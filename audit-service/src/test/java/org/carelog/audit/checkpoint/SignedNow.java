package org.carelog.audit.checkpoint;

import java.util.List;
import org.carelog.proof.SignedNote;

/** Signs at once, for tests of other packages. */
public final class SignedNow {
    private SignedNow() {}

    public static void sign(Signing signing) {
        try {
            signing.signWhatIsNew();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** All that were signed. */
    public static List<SignedNote> all(Checkpoints checkpoints) {
        return checkpoints.after(0, Integer.MAX_VALUE);
    }
}
