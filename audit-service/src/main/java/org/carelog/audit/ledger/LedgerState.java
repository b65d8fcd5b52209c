package org.carelog.audit.ledger;

import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.util.concurrent.atomic.AtomicLong;

/** Whether the ledger is whole, as this process last looked. Thread-safe. */
@Singleton
public final class LedgerState {
    private final Ledger ledger;
    private final AtomicLong openGaps = new AtomicLong();
    private final AtomicLong faults = new AtomicLong();

    LedgerState(Ledger ledger, MeterRegistry registry) {
        this.ledger = ledger;
        registry.gauge("carelog.ledger.gaps.open", openGaps);
        registry.gauge("carelog.ledger.faults", faults);
    }

    /** Looks again; to be called when a gap may have opened or closed, or a fault was found. */
    public void refresh() {
        openGaps.set(ledger.openGaps());
        faults.set(ledger.faults());
    }

    long openGaps() {
        return openGaps.get();
    }

    long faults() {
        return faults.get();
    }
}
