package org.carelog.fhir.definition;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.carelog.fhir.definition.DefinitionFile.ElementData;

/**
 * A datatype, the type of a backbone element, or a resource type. Read when it is first asked for, and kept. Immutable and
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

    /** The name of the type of which every resource is. */
    static final String ANY = "Resource";

    private static final DefinitionFile.Index INDEX = DefinitionFile.index();
    private static final Map<String, TypeDefinition> KNOWN = new ConcurrentHashMap<>();

    /** Every element may have some, whether or not its type lists them. */
    public static final TypeDefinition EXTENSION = of("Extension");

    private final String name;
    private final Kind kind;
    private volatile Content content;

    private record Content(Elements elements, Map<String, SearchParameterDefinition> searchParameters) {
        static final Content NONE = new Content(List.of(), List.of());

        Content(List<ElementData> elements, List<SearchParameterDefinition> searchParameters) {
            this(Elements.of(elements), new LinkedHashMap<>());
            searchParameters.forEach(parameter -> this.searchParameters.put(parameter.name(), parameter));
        }
    }

    private TypeDefinition(String name, Kind kind) {
        this.name = name;
        this.kind = kind;
    }

    /** Whether R4 has a resource type of this name. */
    public static boolean isResourceType(String name) {
        return INDEX.resources().contains(name);
    }

    /** @param name of a resource type, of a datatype, or the path of a backbone element, such as {@code Patient.contact} */
    public static TypeDefinition of(String name) {
        return KNOWN.computeIfAbsent(name, TypeDefinition::make);
    }

    private static TypeDefinition make(String name) {
        Kind usual = name.equals(ANY) ? Kind.ANY_RESOURCE : Kind.COMPLEX;
        return new TypeDefinition(name, INDEX.datatypes().getOrDefault(name, usual));
    }

    /** Such as {@code HumanName}, {@code date}, {@code Patient}. */
    public String name() {
        return name;
    }

    public Kind kind() {
        return kind;
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

    /** The elements of which one form may be there, each by its forms. */
    public List<List<ElementDefinition>> choices() {
        return elements().choices();
    }

    /** Of a resource type, in the order of their names. */
    public Collection<SearchParameterDefinition> searchParameters() {
        return content().searchParameters().values();
    }

    /** Of a resource type. */
    public Optional<SearchParameterDefinition> searchParameter(String parameter) {
        return Optional.ofNullable(content().searchParameters().get(parameter));
    }

    private Elements elements() {
        return content().elements();
    }

    private Content content() {
        if (content == null) {
            switch (kind) {
                case COMPLEX -> load(name.split("\\.")[0]);
                case PRIMITIVE, NARRATIVE, ANY_RESOURCE -> content = Content.NONE;
            }
        }
        return content;
    }

    /** What is in one file is there at once. */
    private static void load(String type) {
        DefinitionFile file = DefinitionFile.of(type);
        of(type).content = new Content(file.elements(), file.searchParameters());
        file.parts().forEach((path, elements) -> of(path).content = new Content(elements, List.of()));
    }

    @Override
    public String toString() {
        return name;
    }
}
