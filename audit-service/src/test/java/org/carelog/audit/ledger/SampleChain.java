package org.carelog.audit.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;
import org.carelog.audit.journal.AccessRecorded;
import org.carelog.audit.journal.Chain;

/** Entries as a source seals them: numbered from 1, each with the hash of the one before it. */
final class SampleChain {
    private SampleChain() {}

    static List<AccessRecorded> of(String source, int length) {
        List<AccessRecorded> chain = new ArrayList<>();
        byte[] hash = Chain.start(source);
        for (int seq = 1; seq <= length; seq++) {
            byte[] entry = ("{\"n\":" + seq + "}").getBytes(UTF_8);
            byte[] next = Chain.next(hash, seq, entry);
            chain.add(new AccessRecorded(source, seq, hash, next, entry));
            hash = next;
        }
        return chain;
    }
}
