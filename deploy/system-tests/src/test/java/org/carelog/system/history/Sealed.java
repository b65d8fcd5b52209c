package org.carelog.system.history;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A journal in the order of its seals, its chain computed as {@code docs/audit.md} says.
 *
 * @param rows what the ledger has to have
 */
record Sealed(List<Ledger.Row> rows, Findings findings) {

    static Sealed of(Journal journal) {
        Findings findings = new Findings();
        List<Ledger.Row> rows = new ArrayList<>();
        Map<Long, byte[]> entries = new HashMap<>();
        journal.entries().forEach(entry -> entries.put(entry.no(), entry.bytes()));
        byte[] hash = Content.sha256().digest(Content.utf8("carelog.access.recorded.v1/" + journal.source()));
        for (Journal.Seal seal : journal.seals()) {
            long seq = rows.size() + 1L;
            String where = journal.source() + " " + seal;
            findings.add(seal.firstSeq() != seq, Rule.CHAIN_BROKEN, where + " begins where " + seq + " was due");
            findings.add(!Arrays.equals(seal.previousHash(), hash), Rule.CHAIN_BROKEN, where + " follows another hash");
            for (long no : seal.entryNos()) {
                byte[] entry = entries.remove(no);
                findings.add(entry == null, Rule.CHAIN_BROKEN, where + ": entry " + no + " is not there, or twice");
                byte[] next = next(hash, seq, entry == null ? new byte[0] : entry);
                rows.add(new Ledger.Row(journal.source(), seq++, entry, hash, next));
                hash = next;
            }
            findings.add(!Arrays.equals(seal.hash(), hash), Rule.CHAIN_BROKEN, where + " has another hash");
        }
        entries.keySet()
                .forEach(no -> findings.add(Rule.CHAIN_BROKEN, journal.source() + ": entry " + no + " has no seal"));
        findings.add(journal.unsealed() > 0, Rule.LEFT_OVER, journal.unsealed() + " unsealed at " + journal.source());
        return new Sealed(rows, findings);
    }

    private static byte[] next(byte[] hash, long seq, byte[] entry) {
        MessageDigest sha256 = Content.sha256();
        sha256.update(hash);
        sha256.update(ByteBuffer.allocate(Long.BYTES).putLong(seq).array());
        return sha256.digest(entry);
    }
}
