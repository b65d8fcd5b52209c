package org.carelog.encounter.oracle;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.parser.IParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.awaitility.Awaitility;
import org.carelog.events.Change;
import org.carelog.events.Envelope;
import org.carelog.events.MessageKey;
import org.carelog.events.ResourceChanged;
import org.carelog.testing.RealPlatform;
import org.carelog.testing.ServiceUnderTest;
import org.hl7.fhir.r4.model.Resource;

/** Brings a population to the service: what it owns by writing it, what is another's by events. */
final class Loading {
    private static final Set<String> OF_PATIENT_SERVICE = Set.of("Patient", "RelatedPerson", "Coverage", "Consent");
    private static final String SOURCE = "urn:carelog:patient-service";
    private static final Instant BEGINNING = Instant.parse("2026-11-24T08:00:00Z");

    private final Service service;

    Loading(Service service) {
        this.service = service;
    }

    /**
     * @param former versions that others take the place of; of those whose id begins with {@code deleted} nothing is left,
     *     and those that begin with {@code again} were deleted in between
     * @return what there is then, as the service answers it
     */
    Population load(List<JsonNode> former, List<JsonNode> current) {
        List<JsonNode> foreign = current.stream().filter(Loading::isForeign).toList();
        apply(foreign);
        write(former);
        former.stream()
                .map(Service::nameOf)
                .filter(name -> name.contains("/deleted") || name.contains("/again"))
                .forEach(name -> require(service.delete(name), name));
        List<JsonNode> own =
                current.stream().filter(resource -> !isForeign(resource)).toList();
        write(own);
        IParser parser = FhirContext.forR4Cached().newJsonParser();
        return new Population(Stream.concat(foreign.stream(), own.stream())
                .map(Service::nameOf)
                .map(name -> require(service.get(name), name).body().toString())
                .map(json -> (Resource) parser.parseResource(json))
                .toList());
    }

    /** A Provenance is the service's that owns what it is about. */
    static boolean isForeign(JsonNode resource) {
        return OF_PATIENT_SERVICE.contains(resource.path("resourceType").asText())
                || resource.at("/target/0/reference").asText().startsWith("Patient/");
    }

    private void apply(List<JsonNode> resources) {
        List<ProducerRecord<String, byte[]>> events = new ArrayList<>();
        for (JsonNode resource : resources) {
            events.add(event((ObjectNode) resource, BEGINNING.plusSeconds(events.size())));
        }
        RealPlatform.send(events);
        for (JsonNode resource : resources) {
            Awaitility.await(Service.nameOf(resource))
                    .pollInterval(Duration.ofMillis(20))
                    .until(() -> service.get(Service.nameOf(resource)).status() == 200);
        }
    }

    private static ProducerRecord<String, byte[]> event(ObjectNode resource, Instant at) {
        String type = resource.path("resourceType").asText();
        String id = resource.path("id").asText();
        resource.withObject("meta").put("versionId", "1").put("lastUpdated", at.toString());
        return Envelope.encode(
                ServiceUnderTest.topic("carelog.patient.changed.v1"),
                MessageKey.of(type, id, type.equals("Patient") ? id : null),
                new ResourceChanged(
                        Envelope.idOf(SOURCE, type, id, 1),
                        SOURCE,
                        type,
                        id,
                        1,
                        Change.CREATED,
                        at,
                        Records.bytes(resource)));
    }

    /** What refers to something that is not there yet, all in one transaction. */
    private void write(List<JsonNode> resources) {
        ObjectNode transaction = JsonNodeFactory.instance
                .objectNode()
                .put("resourceType", "Bundle")
                .put("type", "transaction");
        for (JsonNode resource : resources) {
            if (service.put(resource).status() >= 300) {
                ObjectNode entry = transaction.withArray("entry").addObject();
                entry.set("resource", resource);
                entry.putObject("request").put("method", "PUT").put("url", Service.nameOf(resource));
            }
        }
        if (transaction.has("entry")) {
            require(service.transaction(transaction), "transaction");
        }
    }

    private static Service.Answer require(Service.Answer answer, String name) {
        if (answer.status() >= 300) {
            throw new AssertionError("%s: %s".formatted(name, answer));
        }
        return answer;
    }
}
