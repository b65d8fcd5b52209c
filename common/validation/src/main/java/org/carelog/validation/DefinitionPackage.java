package org.carelog.validation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/**
 * An NPM package of definitions, as implementation guides are published: one resource a file.
 *
 * @see <a href="https://hl7.org/fhir/R4/packages.html">FHIR, packages</a>
 */
final class DefinitionPackage {
    private static final ObjectMapper JSON = new ObjectMapper();

    private DefinitionPackage() {}

    /** @throws IllegalStateException when the file is no such package, or one of another version of FHIR */
    static void read(Path file, BiConsumer<DefinitionName, PackedDefinition> definitions) {
        boolean isPackage = false;
        try (InputStream bytes = new BufferedInputStream(Files.newInputStream(file));
                TarArchiveInputStream files = new TarArchiveInputStream(new GZIPInputStream(bytes))) {
            for (TarArchiveEntry entry = files.getNextEntry(); entry != null; entry = files.getNextEntry()) {
                if (entry.getName().equals("package/package.json")) {
                    requireR4(file, JSON.readTree(files.readAllBytes()));
                    isPackage = true;
                } else if (entry.getName().matches("package/[^/.][^/]*\\.json")) {
                    definition(JSON.readTree(files.readAllBytes()), definitions);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("package " + file, e);
        }
        if (!isPackage) {
            throw new IllegalStateException("%s is no package of definitions".formatted(file));
        }
    }

    private static void requireR4(Path file, JsonNode told) {
        JsonNode versions = told.has("fhirVersions") ? told.get("fhirVersions") : told.path("fhir-version-list");
        boolean isR4 = versions.isEmpty();
        for (JsonNode version : versions) {
            isR4 |= version.asText().startsWith("4.0");
        }
        if (!isR4) {
            throw new IllegalStateException("%s is not of FHIR R4".formatted(file));
        }
    }

    private static void definition(JsonNode json, BiConsumer<DefinitionName, PackedDefinition> definitions)
            throws IOException {
        String type = json.path("resourceType").asText("");
        boolean isElsewhere = json.path("content").asText("").equals("not-present");
        if (DefinitionName.TYPES.contains(type) && json.path("url").isTextual() && !isElsewhere) {
            ObjectNode definition = (ObjectNode) json;
            boolean hasSnapshot = definition.has("snapshot");
            for (String name : names(definition)) {
                if (Surplus.isTop(type, name, hasSnapshot)) {
                    definition.remove(List.of(name, "_" + name));
                }
            }
            definition.forEach(member -> lean(type, "", member));
            definitions.accept(
                    new DefinitionName(type, definition.get("url").asText()),
                    PackedDefinition.of(PackedDefinition.Form.JSON, JSON.writeValueAsBytes(definition)));
        }
    }

    private static void lean(String type, String parent, JsonNode json) {
        if (json instanceof ObjectNode object) {
            for (String name : names(object)) {
                if (Surplus.isInner(type, parent, name)) {
                    object.remove(List.of(name, "_" + name));
                } else {
                    lean(type, name, object.get(name));
                }
            }
        } else {
            json.forEach(item -> lean(type, parent, item));
        }
    }

    private static List<String> names(ObjectNode object) {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }
}
