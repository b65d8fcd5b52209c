package org.carelog.records.interaction;

import io.quarkus.oidc.client.OidcClient;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.carelog.events.Change;
import org.carelog.events.ResourceChanged;
import org.carelog.fhir.FhirJson;
import org.carelog.fhir.FhirProblem;
import org.carelog.fhir.FhirProblemException;
import org.carelog.fhir.LocalReference;
import org.carelog.records.RecordsConfig;
import org.hl7.fhir.r4.model.Resource;

/**
 * Asks the owner of a projected type for a record, with this service's own token, so that a record counts here from the
 * moment its owner has acknowledged it, also while events are held up.
 */
@ApplicationScoped
class Owners {
    private final RecordsConfig config;
    private final OidcClient oidc;
    private final Apply apply;
    private final HttpClient http;

    Owners(RecordsConfig config, OidcClient oidc, Apply apply) {
        this.config = config;
        this.oidc = oidc;
        this.apply = apply;
        this.http =
                HttpClient.newBuilder().connectTimeout(config.ownerTimeout()).build();
    }

    /**
     * Whether the owner has the record. If it is in its first version, the projection has it too afterwards; of a later
     * one the answer does not say all that its event will say, such as whether the record had been deleted before.
     *
     * @throws FhirProblemException {@link FhirProblem.Unavailable} when the owner cannot be asked
     */
    boolean bring(LocalReference reference) {
        String base = config.owners().get(reference.type());
        if (base == null) {
            return false;
        }
        HttpResponse<byte[]> answer = ask(reference, base + "/" + reference);
        return switch (answer.statusCode()) {
            case 200 -> {
                ResourceChanged current = current(reference, answer.body());
                if (current.version() == 1) {
                    apply.applyNow(current);
                }
                yield true;
            }
            case 404, 410 -> false;
            default -> throw unavailable(reference);
        };
    }

    private HttpResponse<byte[]> ask(LocalReference reference, String url) {
        try {
            String token =
                    oidc.getTokens().await().atMost(config.ownerTimeout()).getAccessToken();
            HttpRequest request = HttpRequest.newBuilder(URI.create(url))
                    .timeout(config.ownerTimeout())
                    .header("Authorization", "Bearer " + token)
                    .header("Accept", FhirJson.MEDIA_TYPE)
                    .build();
            return http.send(request, HttpResponse.BodyHandlers.ofByteArray());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unavailable(reference);
        } catch (IOException | RuntimeException e) {
            throw unavailable(reference);
        }
    }

    private static ResourceChanged current(LocalReference reference, byte[] content) {
        Resource resource = FhirJson.parseStored(content);
        return new ResourceChanged(
                "",
                "",
                reference.type(),
                reference.id(),
                Long.parseLong(resource.getMeta().getVersionId()),
                Change.CREATED,
                resource.getMeta().getLastUpdated().toInstant(),
                content);
    }

    private static FhirProblemException unavailable(LocalReference reference) {
        return new FhirProblemException(new FhirProblem.Unavailable("The owner of " + reference.type()));
    }
}
