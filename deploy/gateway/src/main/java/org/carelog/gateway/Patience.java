package org.carelog.gateway;

import java.time.Duration;

/**
 * How long a client may take, however many bytes come meanwhile.
 *
 * @param first from the beginning of a connection to the end of a request's headers
 * @param next from an answer to the end of the next request's headers
 * @param body for a body that is read to its end here; the services have the same for theirs
 */
record Patience(Duration first, Duration next, Duration body) {

    static final Patience USUAL = new Patience(Duration.ofSeconds(30), Duration.ofSeconds(120), Duration.ofSeconds(30));
}
