package org.carelog.events;

import java.io.IOException;

/** Breaks a rule of the house, for {@link org.carelog.testing.house.RulesTest}. */
public record CarelessConsumer(AutoCloseable handler) {
    void consume() throws IOException {
        try {
            handler.close();
        } catch (Exception e) {
            throw new IOException(e);
        }
    }
}
