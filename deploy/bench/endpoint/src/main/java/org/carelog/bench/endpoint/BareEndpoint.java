package org.carelog.bench.endpoint;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;

/** Answers as many bytes as a Patient has, on a virtual thread as the services do, and does nothing else. */
@Path("/bare")
@RunOnVirtualThread
public class BareEndpoint {

    private static final byte[] ANSWER =
            "{\"bare\":\"%s\"}".formatted("x".repeat(5000)).getBytes(StandardCharsets.US_ASCII);

    @GET
    @Produces("application/json")
    public Response get() {
        return Response.ok(ANSWER).build();
    }
}
