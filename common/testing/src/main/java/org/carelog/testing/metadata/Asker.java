package org.carelog.testing.metadata;

import io.restassured.RestAssured;
import io.restassured.http.Method;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.carelog.testing.RealPlatform;

/**
 * Sends each request as a demo user who may do it. There are so many that REST Assured, which compiles what is asked of an
 * answer, would take longer than the service.
 */
final class Asker {
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final List<String> USERS = List.of("clinician", "registrar", "compliance");

    /** Whom it went well for, by method and type: most often the next one is the same. */
    private final Map<String, String> known = new HashMap<>();

    Answer ask(Method method, String address) {
        return ask(method, address, request -> request);
    }

    /**
     * @param address behind the base, encoded as it is sent
     * @return the answer to the first user who may; when nobody may, that refusal
     */
    Answer ask(Method method, String address, UnaryOperator<Question> more) {
        String kind = method + " " + address.split("[/?]", 2)[0];
        Answer answer = send(known.getOrDefault(kind, USERS.getFirst()), method, address, more);
        for (String user : USERS) {
            if (answer.status() == 403) {
                answer = send(user, method, address, more);
                known.put(kind, user);
            }
        }
        return answer;
    }

    private static Answer send(String user, Method method, String address, UnaryOperator<Question> more) {
        URI uri = URI.create("%s:%d/fhir/%s".formatted(RestAssured.baseURI, RestAssured.port, address));
        Question question = new Question().header("Authorization", "Bearer " + RealPlatform.token(user));
        try {
            return new Answer(HTTP.send(more.apply(question).to(method.name(), uri), BodyHandlers.ofString()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
