package org.carelog.testing.metadata;

import static org.carelog.testing.ServiceUnderTest.as;

import io.restassured.http.Method;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Sends each request as a demo user who may do it. */
final class Asker {
    private static final List<String> USERS = List.of("clinician", "registrar", "compliance");

    /** Whom it went well for, by method and type: most often the next one is the same. */
    private final Map<String, String> known = new HashMap<>();

    Response ask(Method method, String address) {
        return ask(method, address, request -> request);
    }

    /**
     * @param address behind the base, encoded as it is sent
     * @return the answer to the first user who may; when nobody may, that refusal
     */
    Response ask(Method method, String address, UnaryOperator<RequestSpecification> more) {
        String kind = method + " " + address.split("[/?]", 2)[0];
        Response answer = send(known.getOrDefault(kind, USERS.getFirst()), method, address, more);
        for (String user : USERS) {
            if (answer.statusCode() == 403) {
                answer = send(user, method, address, more);
                known.put(kind, user);
            }
        }
        return answer;
    }

    private static Response send(String user, Method method, String address, UnaryOperator<RequestSpecification> more) {
        return more.apply(as(user).urlEncodingEnabled(false)).request(method, "/" + address);
    }
}
