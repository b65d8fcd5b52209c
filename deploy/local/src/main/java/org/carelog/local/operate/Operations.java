package org.carelog.local.operate;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.carelog.local.client.FhirAnswer;
import org.carelog.local.client.FhirCalls;
import org.carelog.local.platform.Installation;
import org.carelog.local.platform.RunningSystem;
import org.carelog.local.service.Service;

/** The operations of one service that are not for clients, past the gateway. What it refuses it says in the exception. Calls block. */
final class Operations implements AutoCloseable {
    private final URI service;
    private final String token;
    private final FhirCalls calls = new FhirCalls();

    private Operations(URI service, String token) {
        this.service = service;
        this.token = token;
    }

    /** An administrator's. */
    static Operations of(CopyingService copying, Installation installation) throws Exception {
        return of(copying.service(), "administrator", installation);
    }

    static Operations of(Service service, String user, Installation installation) throws Exception {
        RunningSystem running = RunningSystem.find(installation);
        return new Operations(
                running.service(service), running.tokens().token(user).value());
    }

    /** The things that an operation tells, each with its values by their names. */
    List<Map<String, String>> things(String operation) throws IOException, InterruptedException {
        List<Map<String, String>> things = new ArrayList<>();
        for (JsonNode thing : parameters(calls.get(address(operation), token))) {
            things.add(FhirAnswer.values(thing.path("part")));
        }
        return things;
    }

    /** The values that an operation that changes something tells, by their names. */
    Map<String, String> perform(String operation) throws IOException, InterruptedException {
        return FhirAnswer.values(parameters(calls.post(address(operation), token, "")));
    }

    private URI address(String operation) {
        return URI.create(service + "/" + operation);
    }

    private static JsonNode parameters(HttpResponse<byte[]> answer) throws IOException {
        return FhirAnswer.resource(answer).path("parameter");
    }

    @Override
    public void close() {
        calls.close();
    }
}
