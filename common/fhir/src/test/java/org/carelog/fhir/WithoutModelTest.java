package org.carelog.fhir;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import org.carelog.fhir.registry.TypeRegistry;
import org.carelog.fhir.search.SearchableTypes;
import org.junit.jupiter.api.Test;

/** HAPI's model is for what is a language of its own: a service that only reads, writes and searches has room for better. */
class WithoutModelTest {
    private static final String BASE = "https://care.example/fhir";

    @Test
    void readingWritingAndSearchingLoadNoModel() throws IOException, InterruptedException {
        // Given a virtual machine in which nothing else has been done
        Process work = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xlog:class+load",
                        "-cp",
                        System.getProperty("java.class.path"),
                        WithoutModelTest.class.getName())
                .redirectErrorStream(true)
                .start();

        // When it does what a service does with most requests
        String output = new String(work.getInputStream().readAllBytes(), UTF_8);

        // Then
        assertThat(work.waitFor()).as(output).isZero();
        assertThat(output).contains(SearchableTypes.class.getName()).doesNotContain("ca.uhn.fhir.context.FhirContext ");
    }

    /** The everyday work of a service. */
    public static void main(String[] arguments) {
        HostedTypes types = TypeRegistry.ofClassPath().hostedBy("patient-service");
        CapabilityStatements.of(types, BASE, "1", Instant.EPOCH).bytes();
        byte[] patient = """
                {"resourceType": "Patient", "name": [{"family": "Example"}], "birthDate": "1936-01-02"}
                """.getBytes(UTF_8);
        new SearchableTypes(types, BASE).entries(FhirJson.parse(patient, "Patient"));
        IncomingBundle.parse("""
                {"resourceType": "Bundle", "type": "batch"}
                """.getBytes(UTF_8));
        OperationOutcomes.json(new FhirProblem.NotFound("Patient"));
    }
}
