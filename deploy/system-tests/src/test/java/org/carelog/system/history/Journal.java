package org.carelog.system.history;

import java.util.List;

/** A service's own audit entries and their seals, as its database has them. */
public record Journal(String source, List<Entry> entries, List<Seal> seals, long unsealed) {

    @SuppressWarnings("ArrayRecordComponent")
    public record Entry(long no, byte[] bytes) {
        @Override
        public String toString() {
            return "entry " + no;
        }
    }

    @SuppressWarnings("ArrayRecordComponent")
    public record Seal(long firstSeq, List<Long> entryNos, byte[] previousHash, byte[] hash) {
        @Override
        public String toString() {
            return "seal " + firstSeq;
        }
    }
}
