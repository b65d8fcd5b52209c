package org.carelog.fhir.definition;

import ca.uhn.fhir.context.BaseRuntimeChildDefinition;
import ca.uhn.fhir.context.BaseRuntimeElementCompositeDefinition;
import ca.uhn.fhir.context.BaseRuntimeElementDefinition;
import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.RuntimeChildChoiceDefinition;
import ca.uhn.fhir.context.RuntimeChildResourceDefinition;
import ca.uhn.fhir.context.RuntimePrimitiveDatatypeDefinition;
import ca.uhn.fhir.context.RuntimeResourceBlockDefinition;
import ca.uhn.fhir.context.RuntimeResourceDefinition;
import java.io.IOException;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.carelog.fhir.definition.DefinitionFile.ElementData;
import org.carelog.fhir.definition.TypeDefinition.Kind;
import org.hl7.fhir.instance.model.api.IBaseResource;

/**
 * Writes R4's definitions, as HAPI's model has them, to files that are read type by type: a program of the build. A service
 * that has these does without the model, whose classes alone are a tenth of the memory that it may take.
 */
final class DefinitionWriter {
    /** What every element may have; the model lists it for some only. */
    private static final Set<String> EVERYWHERE = Set.of("extension", "modifierExtension");

    private final FhirContext context = FhirContext.forR4();
    private final Map<String, Kind> datatypes = new TreeMap<>();
    private final Map<BaseRuntimeElementDefinition<?>, String> partNames = new HashMap<>();
    private final Path directory;

    private DefinitionWriter(Path directory) {
        this.directory = directory;
    }

    /** @param arguments the directory of the compiled classes */
    public static void main(String[] arguments) throws IOException {
        new DefinitionWriter(Path.of(arguments[0])).writeAll();
    }

    private void writeAll() throws IOException {
        Set<String> resources = new TreeSet<>(context.getResourceTypes());
        for (String resource : resources) {
            RuntimeResourceDefinition definition = context.getResourceDefinition(resource);
            write(resource, definition, ModelSearchParameters.of(definition));
        }
        write("types", new DefinitionFile.Index(resources, datatypes));
    }

    private void write(
            String type,
            BaseRuntimeElementCompositeDefinition<?> definition,
            List<SearchParameterDefinition> searchParameters)
            throws IOException {
        Map<String, List<ElementData>> parts = new TreeMap<>();
        List<ElementData> elements = elements(definition, type, parts);
        write(type, new DefinitionFile(elements, parts, searchParameters));
    }

    private void write(String type, Object content) throws IOException {
        Path file = directory.resolve(DefinitionFile.name(type));
        Files.createDirectories(file.getParent());
        Files.write(file, DefinitionFile.JSON.writeValueAsBytes(content));
    }

    private List<ElementData> elements(
            BaseRuntimeElementCompositeDefinition<?> definition, String path, Map<String, List<ElementData>> parts)
            throws IOException {
        List<ElementData> elements = new ArrayList<>();
        for (BaseRuntimeChildDefinition child : definition.getChildren()) {
            String name = child.getElementName().replace("[x]", "");
            if (EVERYWHERE.contains(name)) {
                continue;
            }
            Map<String, String> types = new LinkedHashMap<>();
            for (String jsonName : child.getValidChildNames()) {
                types.put(jsonName, typeOf(child.getChildByName(jsonName), path + "." + name, parts));
            }
            elements.add(new ElementData(
                    name,
                    child.getMin() > 0,
                    child.getMax() != 1,
                    types,
                    BoundCodes.of(path + "." + name, child),
                    targets(child)));
        }
        return elements;
    }

    /** The types that a reference may point to; empty: any, or it is none. */
    private Set<String> targets(BaseRuntimeChildDefinition child) {
        List<Class<? extends IBaseResource>> classes = switch (child) {
            case RuntimeChildResourceDefinition reference -> reference.getResourceTypes();
            case RuntimeChildChoiceDefinition choice -> choice.getResourceTypes();
            default -> List.of();
        };
        boolean isAny =
                classes.stream().anyMatch(type -> type.isInterface() || Modifier.isAbstract(type.getModifiers()));
        return isAny
                ? Set.of()
                : new TreeSet<>(classes.stream().map(context::getResourceType).toList());
    }

    private String typeOf(BaseRuntimeElementDefinition<?> definition, String path, Map<String, List<ElementData>> parts)
            throws IOException {
        return switch (definition) {
            case RuntimePrimitiveDatatypeDefinition primitive -> datatype(primitive.getName(), Kind.PRIMITIVE);
            case RuntimeResourceBlockDefinition part -> part(part, path, parts);
            case BaseRuntimeElementCompositeDefinition<?> complex -> complex(complex);
            case null -> TypeDefinition.ANY;
            default ->
                definition.getName().equals("xhtml")
                        ? datatype(definition.getName(), Kind.NARRATIVE)
                        : TypeDefinition.ANY;
        };
    }

    private String datatype(String name, Kind kind) {
        datatypes.put(name, kind);
        return name;
    }

    private String complex(BaseRuntimeElementCompositeDefinition<?> definition) throws IOException {
        String name = definition.getName();
        if (datatypes.put(name, Kind.COMPLEX) == null) {
            write(name, definition, List.of());
        }
        return name;
    }

    /** One that is a part of itself has the path where it is first. */
    private String part(RuntimeResourceBlockDefinition definition, String path, Map<String, List<ElementData>> parts)
            throws IOException {
        String known = partNames.putIfAbsent(definition, path);
        if (known != null) {
            return known;
        }
        parts.put(path, elements(definition, path, parts));
        return path;
    }
}
