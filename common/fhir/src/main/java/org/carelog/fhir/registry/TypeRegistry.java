package org.carelog.fhir.registry;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.carelog.fhir.HostedType;
import org.carelog.fhir.HostedType.Hosting;
import org.carelog.fhir.HostedTypes;
import org.carelog.fhir.Ownership;
import org.carelog.fhir.definition.SearchParameterDefinition;
import org.carelog.fhir.definition.TypeDefinition;
import org.carelog.fhir.search.ParameterType;

/**
 * Every resource type of the system, from the files {@code META-INF/carelog/types}: who owns it, what part of the record
 * it is, how it is in a Patient compartment, who keeps a copy. Closed and immutable: what is not declared in full stops
 * the service. From here a service, the gateway (by what the services say) and the documentation have their types.
 */
public final class TypeRegistry {
    private static final String FILE = "META-INF/carelog/types";

    private final Map<String, TypeDeclaration> byName = new LinkedHashMap<>();

    private TypeRegistry(List<TypeDeclaration> declarations) {
        for (TypeDeclaration declaration : declarations) {
            if (byName.put(declaration.name(), declaration) != null) {
                throw new IllegalArgumentException("%s is declared twice".formatted(declaration.name()));
            }
        }
        Set<String> services = services();
        for (TypeDeclaration declaration : declarations) {
            if (!services.containsAll(declaration.copiedTo())) {
                throw new IllegalArgumentException("%s is copied to %s; services are %s"
                        .formatted(declaration.name(), declaration.copiedTo(), services));
            }
        }
    }

    /** All that the class path declares. */
    public static TypeRegistry ofClassPath() {
        StringBuilder lines = new StringBuilder();
        try {
            ClassLoader loader = Thread.currentThread().getContextClassLoader();
            for (URL file : Collections.list(loader.getResources(FILE))) {
                try (InputStream in = file.openStream()) {
                    lines.append(new String(in.readAllBytes(), StandardCharsets.UTF_8))
                            .append('\n');
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return parse(lines.toString());
    }

    /** @throws IllegalArgumentException when a declaration is not complete */
    public static TypeRegistry parse(String lines) {
        return new TypeRegistry(lines.lines()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .map(TypeDeclaration::parse)
                .toList());
    }

    public Collection<TypeDeclaration> all() {
        return byName.values();
    }

    /** All services that own a type. */
    public Set<String> services() {
        return byName.values().stream()
                .flatMap(declaration -> declaration.owner().services().stream())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /**
     * What a service hosts: its own types and its copies, each searched by all of R4's parameters that are understood.
     *
     * @throws IllegalArgumentException when a declaration does not fit R4
     */
    public HostedTypes hostedBy(String service) {
        List<HostedType> types = new ArrayList<>();
        for (TypeDeclaration declaration : byName.values()) {
            boolean owned = declaration.owner().services().contains(service);
            boolean copied = declaration.copiedTo().contains(service);
            if (owned || copied) {
                types.add(new HostedType(
                        declaration.name(),
                        hosting(declaration.owner(), owned, copied),
                        declaration.domain(),
                        declaration.compartment(),
                        searchParameters(declaration.name()),
                        List.of()));
            }
        }
        return new HostedTypes(types, service, byType(TypeDeclaration::owner), byType(TypeDeclaration::copiedTo));
    }

    private <T> Map<String, T> byType(Function<TypeDeclaration, T> said) {
        Map<String, T> byType = new LinkedHashMap<>();
        byName.forEach((type, declaration) -> byType.put(type, said.apply(declaration)));
        return byType;
    }

    private static Hosting hosting(Ownership owner, boolean owned, boolean copied) {
        if (!owned) {
            return Hosting.PROJECTED;
        }
        if (owner.services().size() == 1) {
            return Hosting.OWNED;
        }
        return copied ? Hosting.SHARED_AND_PROJECTED : Hosting.SHARED;
    }

    private static List<String> searchParameters(String type) {
        return TypeDefinition.of(type).searchParameters().stream()
                .filter(parameter -> ParameterType.understands(parameter.type()))
                .map(SearchParameterDefinition::name)
                .filter(name -> !SearchParameterDefinition.OF_EVERY_TYPE.contains(name))
                .toList();
    }
}
