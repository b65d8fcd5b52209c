package org.carelog.system.fault;

import java.util.List;

/** Something that happens to a part. */
sealed interface Blow {

    String part();

    /** {@code kill -9}: it is started again by what watches it. */
    record Kill(String part) implements Blow {
        @Override
        public String toString() {
            return "kill " + part;
        }
    }

    /** It stands still, and goes on. Writes must go on meanwhile. */
    record Pause(String part) implements Blow {
        @Override
        public String toString() {
            return "pause " + part;
        }
    }

    /** Each once. */
    List<Blow> ALL = List.of(
            new Kill("patient-service"),
            new Kill("encounter-service"),
            new Kill("audit-service"),
            new Kill("kafka"),
            new Pause("kafka"),
            new Kill("postgres"),
            new Kill("gateway"));
}
