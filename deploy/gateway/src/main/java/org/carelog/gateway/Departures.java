package org.carelog.gateway;

import io.vertx.core.http.StreamResetException;
import java.util.List;
import java.util.Map;
import java.util.logging.Logger;

/**
 * Clients that go away before they are answered to the end: nobody needs to know. What the service was asked is broken off, and
 * what Vert.x and Netty say of that, with stack traces, is kept from the log; what a service breaks off has a sentence of ours.
 */
final class Departures {
    private static final Map<String, String> SAYINGS = Map.of(
            "io.vertx.core.http.impl.HttpClientRequestImpl", "Stream reset",
            "io.netty.channel.ChannelOutboundBuffer", "Failed to mark a promise",
            "io.netty.channel.AbstractChannelHandlerContext", "Failed to mark a promise");

    /** Held here: a logger that nobody holds forgets its filter. */
    private static final List<Logger> LOGGERS =
            SAYINGS.keySet().stream().map(Logger::getLogger).toList();

    private Departures() {}

    static void keepFromTheLog() {
        LOGGERS.forEach(logger -> logger.setFilter(
                record -> !String.valueOf(record.getMessage()).startsWith(SAYINGS.get(logger.getName()))));
    }

    /** Whether a service was not asked to the end because the client was gone. */
    static boolean causes(Throwable failure) {
        return failure instanceof StreamResetException;
    }
}
