package org.carelog.patient;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.carelog.testing.PackageFile;

/** Configures a package with one profile, that a patient has a name, and with colours and the red ones of them. */
public final class OwnPackage implements QuarkusTestResourceLifecycleManager {
    static final String COLOURS = "http://example.org/CodeSystem/colours";
    static final String REDS = "http://example.org/ValueSet/reds";
    static final String NAMED = "http://example.org/StructureDefinition/named-patient";

    private Path folder;

    @Override
    public Map<String, String> start() {
        try {
            folder = Files.createTempDirectory("package");
            Path file = PackageFile.write(
                    folder,
                    Map.of(
                            "package.json",
                            "{\"name\":\"example\",\"fhirVersions\":[\"4.0.1\"]}",
                            "colours.json",
                            """
                    {"resourceType":"CodeSystem","url":"%s","status":"active","content":"complete","concept":[
                    {"code":"red","concept":[{"code":"scarlet"}]},{"code":"blue"}]}""".formatted(COLOURS),
                            "reds.json",
                            """
                    {"resourceType":"ValueSet","url":"%s","status":"active","compose":{"include":[{"system":"%s",
                    "filter":[{"property":"concept","op":"is-a","value":"red"}]}]}}""".formatted(REDS, COLOURS),
                            "named.json",
                            """
                    {"resourceType":"StructureDefinition","url":"%s","name":"Named","status":"active","kind":"resource",
                    "fhirVersion":"4.0.1","abstract":false,"type":"Patient","derivation":"constraint",
                    "baseDefinition":"http://hl7.org/fhir/StructureDefinition/Patient",
                    "differential":{"element":[{"id":"Patient.name","path":"Patient.name","min":1}]}}""".formatted(NAMED)));
            return Map.of("carelog.validation.packages", file.toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void stop() {
        try {
            Files.deleteIfExists(folder.resolve("package.tgz"));
            Files.deleteIfExists(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
