package org.carelog.records.rest;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HEAD;
import jakarta.ws.rs.OPTIONS;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import org.carelog.records.RecordsConfig;

/**
 * Every address of the service, on a virtual thread a request: whatever is asked here passes the {@link Gate}, so that
 * nothing is answered that is not authenticated, permitted and recorded.
 */
@Path("/")
@RunOnVirtualThread
public class FhirEndpoint {
    private static final String ALL = "{path: .*}";

    private final Gate gate;
    private final BodyMemory memory;
    private final RecordsConfig config;

    FhirEndpoint(Gate gate, BodyMemory memory, RecordsConfig config) {
        this.gate = gate;
        this.memory = memory;
        this.config = config;
    }

    @GET
    @Path(ALL)
    public Response get(@Context RoutingContext http, InputStream body) {
        return answer(http, body);
    }

    @HEAD
    @Path(ALL)
    public Response head(@Context RoutingContext http, InputStream body) {
        return answer(http, body);
    }

    @POST
    @Path(ALL)
    public Response post(@Context RoutingContext http, InputStream body) {
        return answer(http, body);
    }

    @PUT
    @Path(ALL)
    public Response put(@Context RoutingContext http, InputStream body) {
        return answer(http, body);
    }

    @PATCH
    @Path(ALL)
    public Response patch(@Context RoutingContext http, InputStream body) {
        return answer(http, body);
    }

    @DELETE
    @Path(ALL)
    public Response delete(@Context RoutingContext http, InputStream body) {
        return answer(http, body);
    }

    @OPTIONS
    @Path(ALL)
    public Response options(@Context RoutingContext http, InputStream body) {
        return answer(http, body);
    }

    private Response answer(RoutingContext context, InputStream body) {
        Answer answer;
        try (BodyMemory.Share share = memory.share()) {
            answer = gate.answer(FhirRequest.of(
                    AsSent.of(context), context.request(), body, new BodyReader(config.bodyTimeout(), share::take)));
        }
        RestOfBody.discard(context, config.bodyTimeout());
        Response.ResponseBuilder response = Response.status(answer.status());
        if (answer.body() != null) {
            response.entity(answer.body()).type(FhirRequest.CONTENT_TYPE);
        }
        answer.headers().forEach((name, value) -> {
            response.header(name, null);
            response.header(name, value);
        });
        return response.build();
    }
}
