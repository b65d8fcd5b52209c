package org.carelog.fhir.definition;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.carelog.fhir.definition.TypeDefinition.Kind;

/**
 * What the build has written of a resource type or datatype, see {@link DefinitionWriter}.
 *
 * @param parts the elements of its backbone elements, by their paths, such as {@code Patient.contact}
 * @param searchParameters of a resource type
 */
record DefinitionFile(
        List<ElementData> elements,
        Map<String, List<ElementData>> parts,
        List<SearchParameterDefinition> searchParameters) {

    /**
     * An element, in all the forms that it may have.
     *
     * @param types by its name in JSON its type: a datatype, or the path of a backbone element
     * @param codes by code its system, where only these are allowed; else empty
     * @param targets the types that a reference may point to, where only these are allowed; else empty
     */
    record ElementData(
            String name,
            boolean required,
            boolean repeats,
            Map<String, String> types,
            Map<String, String> codes,
            Set<String> targets) {}

    /** All types there are. */
    record Index(Set<String> resources, Map<String, Kind> datatypes) {}

    static final ObjectMapper JSON = new ObjectMapper();

    static Index index() {
        return read("types", Index.class);
    }

    static DefinitionFile of(String type) {
        return read(type, DefinitionFile.class);
    }

    /** Relative to where the classes are. */
    static String name(String type) {
        return "org/carelog/fhir/definition/r4/" + type + ".json";
    }

    private static <T> T read(String type, Class<T> content) {
        try (InputStream file = DefinitionFile.class.getClassLoader().getResourceAsStream(name(type))) {
            return JSON.readValue(file, content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
