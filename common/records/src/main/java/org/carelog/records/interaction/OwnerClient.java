package org.carelog.records.interaction;

import io.quarkus.oidc.client.OidcClient;
import io.quarkus.oidc.client.runtime.TokensHelper;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.carelog.events.TraceContext;
import org.carelog.fhir.FhirJson;
import org.carelog.fhir.FhirProblem;
import org.carelog.fhir.FhirProblemException;
import org.carelog.fhir.Resource;
import org.carelog.records.RecordsConfig;
import org.jboss.logging.Logger;

/** Asks other services over their FHIR API, with this service's own token. Never inside a transaction. */
@ApplicationScoped
class OwnerClient {
    private static final Logger LOG = Logger.getLogger(OwnerClient.class);

    private final RecordsConfig config;
    private final OidcClient oidc;
    /** Keeps the token until shortly before its end: the client by itself asks for a new one each time. */
    private final TokensHelper tokens = new TokensHelper();

    private final HttpClient http;

    OwnerClient(RecordsConfig config, OidcClient oidc) {
        this.config = config;
        this.oidc = oidc;
        this.http =
                HttpClient.newBuilder().connectTimeout(config.ownerTimeout()).build();
    }

    /** Whether this service knows where the other one is. */
    boolean knows(String service) {
        return config.owners().containsKey(service);
    }

    /** 200 with a body, 404 or 410. */
    record Told(int status, byte[] body) {
        boolean isThere() {
            return status == 200;
        }

        /** Whether the address was ever one of a resource. */
        boolean isUsed() {
            return status != 404;
        }
    }

    /**
     * The answer to a GET.
     *
     * @throws FhirProblemException {@link FhirProblem.Unavailable} when the service cannot be asked, or answers otherwise
     */
    Told get(String service, String address) {
        HttpResponse<byte[]> answer = send(service, address, request -> request.GET());
        return switch (answer.statusCode()) {
            case 200, 404, 410 -> new Told(answer.statusCode(), answer.body());
            default -> throw answered(service, answer.statusCode());
        };
    }

    /** The resource that a GET gives; empty when there is none. */
    Optional<Resource> resource(String service, String address) {
        Told answer = get(service, address);
        return answer.isThere() ? Optional.of(FhirJson.parseStored(answer.body())) : Optional.empty();
    }

    /** The resource that a POST of this one gives. */
    Resource post(String service, String address, Resource asked) {
        HttpResponse<byte[]> answer = send(
                service,
                address,
                request -> request.header("Content-Type", FhirJson.MEDIA_TYPE)
                        .POST(HttpRequest.BodyPublishers.ofByteArray(asked.bytes())));
        if (answer.statusCode() != 200) {
            throw answered(service, answer.statusCode());
        }
        return FhirJson.parseStored(answer.body());
    }

    private HttpResponse<byte[]> send(String service, String address, UnaryOperator<HttpRequest.Builder> method) {
        String[] replicas = config.owners().get(service).split(",");
        try {
            for (int i = 0; i < replicas.length - 1; i++) {
                try {
                    return send(URI.create(replicas[i] + "/" + address), method);
                } catch (ConnectException | HttpConnectTimeoutException nobodyThere) {
                    // the next one is asked
                }
            }
            return send(URI.create(replicas[replicas.length - 1] + "/" + address), method);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unavailable(service);
        } catch (IOException | RuntimeException e) {
            LOG.warnf(
                    "%s was asked and did not answer: %s", service, e.getClass().getName());
            throw unavailable(service);
        }
    }

    private HttpResponse<byte[]> send(URI uri, UnaryOperator<HttpRequest.Builder> method)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = method.apply(
                HttpRequest.newBuilder(uri).timeout(config.ownerTimeout()).header("Accept", FhirJson.MEDIA_TYPE));
        TraceContext.current().ifPresent(trace -> request.header("traceparent", trace));
        HttpResponse<byte[]> answer = send(request, false);
        return answer.statusCode() == 401 ? send(request, true) : answer;
    }

    private HttpResponse<byte[]> send(HttpRequest.Builder request, boolean withNewToken)
            throws IOException, InterruptedException {
        String token = tokens.getTokens(oidc, Map.of(), withNewToken)
                .await()
                .atMost(config.ownerTimeout())
                .getAccessToken();
        return http.send(
                request.setHeader("Authorization", "Bearer " + token).build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    private static FhirProblemException answered(String service, int status) {
        LOG.warnf("%s was asked and answered %d", service, status);
        return unavailable(service);
    }

    static FhirProblemException unavailable(String service) {
        return new FhirProblemException(new FhirProblem.Unavailable(service));
    }
}
