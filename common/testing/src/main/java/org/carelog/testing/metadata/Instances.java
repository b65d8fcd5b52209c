package org.carelog.testing.metadata;

import ca.uhn.fhir.context.FhirContext;
import io.restassured.http.Method;
import java.util.UUID;
import org.hl7.fhir.r4.model.CapabilityStatement.CapabilityStatementRestResourceComponent;
import org.hl7.fhir.r4.model.CapabilityStatement.TypeRestfulInteraction;
import org.hl7.fhir.r4.model.Resource;

/** Makes or finds resources of any type, as far as the service lets itself be asked. */
final class Instances {
    private static final FhirContext FHIR = FhirContext.forR4Cached();

    private final Asker asker;
    private String patient;

    Instances(Asker asker) {
        this.asker = asker;
    }

    /** From now on what may refer to a patient does. */
    void referTo(Instance someone) {
        patient = someone.address();
    }

    static boolean lists(CapabilityStatementRestResourceComponent type, TypeRestfulInteraction interaction) {
        return type.getInteraction().stream().anyMatch(listed -> listed.getCode() == interaction);
    }

    /** A new one where the type can be created, else one that is there, else none. */
    Instance any(CapabilityStatementRestResourceComponent type) {
        if (lists(type, TypeRestfulInteraction.CREATE)) {
            return created(type.getType());
        }
        Answer found = asker.ask(Method.GET, type.getType() + "?_count=1");
        String id = found.at("/entry/0/resource/id");
        if (id == null) {
            String unknown = "nothing-" + UUID.randomUUID();
            return new Instance(type.getType(), unknown, "1", false, body(type.getType(), unknown));
        }
        return new Instance(
                type.getType(), id, found.at("/entry/0/resource/meta/versionId"), true, body(type.getType(), id));
    }

    Instance created(String type) {
        Answer answer = asker.ask(Method.POST, type, request -> request.body(body(type, null)));
        if (answer.status() != 201) {
            throw new AssertionError("%s is not created: %d %s".formatted(type, answer.status(), answer.body()));
        }
        return new Instance(type, answer.at("/id"), answer.at("/meta/versionId"), true, answer.body());
    }

    /** What R4 demands and no more. */
    String body(String type, String id) {
        Resource resource = new MinimalResource(patient).of(type);
        resource.setId(id);
        return FHIR.newJsonParser().encodeResourceToString(resource);
    }
}
