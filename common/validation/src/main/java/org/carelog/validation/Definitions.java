package org.carelog.validation;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.hl7.fhir.r4.model.Resource;

/** R4's definitions and those of some packages. Thread-safe. */
final class Definitions {
    private final Map<DefinitionName, PackedDefinition> packed = new HashMap<>();
    private final Map<DefinitionName, Map<String, String>> types = new HashMap<>();
    private final SoftCache<DefinitionName, Resource> parsed = new SoftCache<>();

    /** Where several have a definition of one name, R4 goes before the packages, and these as they are listed. */
    Definitions(List<Path> packages) {
        BaseDefinitions.read(packed::putIfAbsent, types::put);
        packages.forEach(file -> DefinitionPackage.read(file, packed::putIfAbsent));
    }

    boolean has(DefinitionName name) {
        return packed.containsKey(name);
    }

    /** A definition for one use, or null. */
    Resource fresh(DefinitionName name) {
        PackedDefinition definition = packed.get(name);
        return definition == null ? null : definition.parse();
    }

    /** A definition that others use, too, or null. */
    Resource shared(DefinitionName name) {
        return parsed.get(name, this::fresh);
    }

    /** R4's types: of each the simple members of its definition. */
    Map<DefinitionName, Map<String, String>> types() {
        return types;
    }
}
