package org.carelog.testing.metadata;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.parser.IParser;
import io.restassured.http.Method;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.CapabilityStatement;
import org.hl7.fhir.r4.model.CapabilityStatement.CapabilityStatementRestResourceComponent;
import org.hl7.fhir.r4.model.CapabilityStatement.TypeRestfulInteraction;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Parameters.ParametersParameterComponent;
import org.hl7.fhir.r4.model.PrimitiveType;
import org.hl7.fhir.r4.model.StringType;

/** Tries resources of one type, and patches of them, in every format, listed or not. */
record FormatWalk(
        CapabilityStatement statement,
        CapabilityStatementRestResourceComponent type,
        Instances instances,
        Asker asker,
        Untruths untruths) {
    private static final FhirContext FHIR = FhirContext.forR4Cached();
    private static final String JSON = "application/fhir+json";
    private static final String XML = "application/fhir+xml";

    void resources() {
        Set<String> listed = plain(statement.getFormat());
        Instance one = instances.any(type);
        for (String format : List.of(JSON, XML, "application/fhir+turtle")) {
            untruths.must(
                    listed.contains(format) ? one.exists() ? 200 : 404 : 406,
                    "read of %s as %s".formatted(type.getType(), format),
                    asker.ask(Method.GET, one.address(), request -> request.accept(format)));
            if (Instances.lists(type, TypeRestfulInteraction.CREATE)) {
                String body = instances.body(type.getType(), null);
                untruths.must(
                        listed.contains(format) ? 201 : 415,
                        "create of %s as %s".formatted(type.getType(), format),
                        asker.ask(
                                Method.POST,
                                type.getType(),
                                request -> request.contentType(format)
                                        .body(written(
                                                format, FHIR.newJsonParser().parseResource(body)))));
            }
        }
    }

    void patches() {
        Set<String> listed = plain(statement.getPatchFormat());
        if (Instances.lists(type, TypeRestfulInteraction.PATCH)) {
            Instance one = instances.any(type);
            for (String format : List.of(
                    "application/json-patch+json",
                    JSON,
                    XML,
                    "application/xml-patch+xml",
                    "application/merge-patch+json")) {
                untruths.must(
                        listed.contains(format) ? 200 : 415,
                        "patch of %s as %s".formatted(type.getType(), format),
                        asker.ask(
                                Method.PATCH,
                                one.address(),
                                request -> request.contentType(format).body(patch(format))));
            }
        }
    }

    /** Says the language, in a patch of this format; one that is JSON Patch does where there is none yet. */
    private String patch(String format) {
        Parameters parameters = new Parameters();
        ParametersParameterComponent operation = parameters.addParameter();
        operation.setName("operation");
        operation.addPart().setName("type").setValue(new CodeType("replace"));
        operation.addPart().setName("path").setValue(new StringType(type.getType() + ".language"));
        operation.addPart().setName("value").setValue(new CodeType("en"));
        return Set.of(JSON, XML).contains(format)
                ? written(format, parameters)
                : "[{\"op\":\"add\",\"path\":\"/language\",\"value\":\"en\"}]";
    }

    private static String written(String format, IBaseResource resource) {
        IParser writer = format.equals(XML) ? FHIR.newXmlParser() : FHIR.newJsonParser();
        return writer.encodeResourceToString(resource);
    }

    private static Set<String> plain(List<CodeType> codes) {
        return codes.stream().map(PrimitiveType::getValue).collect(Collectors.toSet());
    }
}
