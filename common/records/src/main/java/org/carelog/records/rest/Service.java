package org.carelog.records.rest;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;

/** Starts a service of the engine. */
@QuarkusMain
public final class Service {
    /**
     * The HTTP server would answer an address that is no strict URI, such as one with a bare {@code |} between system and
     * value, by itself: neither recorded nor with an outcome. The property is read once, when the server's classes load.
     */
    static final String NO_VERDICT_ON_ADDRESSES = "vertx.disableURIValidation";

    private Service() {}

    public static void main(String... arguments) {
        System.setProperty(NO_VERDICT_ON_ADDRESSES, "true");
        Quarkus.run(arguments);
    }
}
