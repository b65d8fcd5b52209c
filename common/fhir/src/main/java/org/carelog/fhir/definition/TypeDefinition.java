package org.carelog.fhir.definition;

import ca.uhn.fhir.context.BaseRuntimeElementCompositeDefinition;
import ca.uhn.fhir.context.BaseRuntimeElementDefinition;
import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.RuntimePrimitiveDatatypeDefinition;
import ca.uhn.fhir.context.RuntimeResourceDefinition;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.carelog.fhir.FhirJson;

/**
 * A datatype, the type of a backbone element, or a resource type. Made when it is first asked for, and kept. Immutable and
 * thread-safe.
 */
public final class TypeDefinition {
    /** What stands in JSON for a value of the type. */
    public enum Kind {
        PRIMITIVE,
        /** An object. */
        COMPLEX,
        /** A string of XHTML. */
        NARRATIVE,
        /** An object that names its own type. */
        ANY_RESOURCE
    }

    private static final FhirContext CONTEXT = FhirJson.context();
    private static final Map<BaseRuntimeElementDefinition<?>, TypeDefinition> KNOWN = new ConcurrentHashMap<>();
    private static final TypeDefinition RESOURCE = new TypeDefinition("Resource", Kind.ANY_RESOURCE, null);

    /** Every element may have some, whether or not its type lists them. */
    public static final TypeDefinition EXTENSION = ofDatatype("Extension");

    private final String name;
    private final Kind kind;
    private final BaseRuntimeElementCompositeDefinition<?> definition;
    private volatile Elements elements;

    private TypeDefinition(String name, Kind kind, BaseRuntimeElementCompositeDefinition<?> definition) {
        this.name = name;
        this.kind = kind;
        this.definition = definition;
    }

    /** Whether R4 has a resource type of this name. */
    public static boolean isResourceType(String name) {
        return CONTEXT.getResourceTypes().contains(name);
    }

    /** @param name for which {@link #isResourceType} holds */
    public static TypeDefinition ofResource(String name) {
        return of(CONTEXT.getResourceDefinition(name));
    }

    public static TypeDefinition ofDatatype(String name) {
        return of(CONTEXT.getElementDefinition(name));
    }

    static TypeDefinition of(BaseRuntimeElementDefinition<?> definition) {
        return definition == null ? RESOURCE : KNOWN.computeIfAbsent(definition, TypeDefinition::make);
    }

    private static TypeDefinition make(BaseRuntimeElementDefinition<?> definition) {
        return switch (definition) {
            case RuntimePrimitiveDatatypeDefinition primitive ->
                new TypeDefinition(primitive.getName(), Kind.PRIMITIVE, null);
            case BaseRuntimeElementCompositeDefinition<?> composite ->
                new TypeDefinition(composite.getName(), Kind.COMPLEX, composite);
            default ->
                definition.getName().equals("xhtml") ? new TypeDefinition("xhtml", Kind.NARRATIVE, null) : RESOURCE;
        };
    }

    /** Such as {@code HumanName}, {@code date}, {@code Patient}. */
    public String name() {
        return name;
    }

    public Kind kind() {
        return kind;
    }

    public boolean isResource() {
        return definition instanceof RuntimeResourceDefinition;
    }

    /** The element that has this name in JSON. */
    public Optional<ElementDefinition> element(String jsonName) {
        return Optional.ofNullable(elements().byJsonName().get(jsonName));
    }

    /** The element of this name, in every form that it may have in JSON; of one that is not there, none. */
    public List<ElementDefinition> forms(String elementName) {
        return elements().byName().getOrDefault(elementName, List.of());
    }

    /** The elements that must be there, each by its forms. */
    public List<List<ElementDefinition>> required() {
        return elements().required();
    }

    private Elements elements() {
        if (elements == null) {
            elements = Elements.of(definition);
        }
        return elements;
    }

    @Override
    public String toString() {
        return name;
    }
}
