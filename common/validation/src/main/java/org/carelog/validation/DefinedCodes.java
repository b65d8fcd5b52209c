package org.carelog.validation;

import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.carelog.fhir.search.CodeSet;
import org.carelog.fhir.search.CodeSet.Coding;
import org.carelog.fhir.search.CodeSets;
import org.hl7.fhir.r4.model.CodeSystem;
import org.hl7.fhir.r4.model.CodeSystem.CodeSystemHierarchyMeaning;
import org.hl7.fhir.r4.model.CodeSystem.ConceptDefinitionComponent;

/** The codes of R4's value sets and code systems, and of those of the packages. Thread-safe. */
@Singleton
public final class DefinedCodes implements CodeSets {
    private final LoadedDefinitions loaded;

    DefinedCodes(LoadedDefinitions loaded) {
        this.loaded = loaded;
    }

    @Override
    public CodeSet in(String valueSet) {
        return new ValueSetCodes(loaded.get(), this).of(valueSet);
    }

    @Override
    public CodeSet below(Coding coding) {
        CodeSystem system = hierarchy(coding);
        Set<String> codes = new HashSet<>(Set.of(coding.code()));
        // a concept comes behind those above it
        parents(system).forEach((code, parents) -> {
            if (parents.stream().anyMatch(codes::contains)) {
                codes.add(code);
            }
        });
        return codes(coding.system(), codes);
    }

    @Override
    public CodeSet above(Coding coding) {
        Map<String, List<String>> parents = parents(hierarchy(coding));
        Set<String> codes = new HashSet<>();
        List<String> next = new ArrayList<>(List.of(coding.code()));
        while (!next.isEmpty()) {
            String code = next.removeLast();
            if (codes.add(code)) {
                next.addAll(parents.getOrDefault(code, List.of()));
            }
        }
        return codes(coding.system(), codes);
    }

    /** All codes of a system. */
    Set<Coding> all(String system) {
        return codes(system, parents(codeSystem(system)).keySet()).codings();
    }

    private CodeSystem hierarchy(Coding coding) {
        CodeSystem system = codeSystem(coding.system());
        if (system.hasHierarchyMeaning() && system.getHierarchyMeaning() != CodeSystemHierarchyMeaning.ISA) {
            throw new IllegalArgumentException("the codes of that code system do not subsume each other");
        }
        if (!parents(system).containsKey(coding.code())) {
            throw new IllegalArgumentException("there is no such code in that code system");
        }
        return system;
    }

    private CodeSystem codeSystem(String url) {
        if (loaded.get().shared(DefinitionName.of(DefinitionName.CODE_SYSTEM, url)) instanceof CodeSystem system
                && system.hasConcept()) {
            return system;
        }
        throw new IllegalArgumentException(
                "the codes of that code system are in none of the packages that are configured here");
    }

    /** Of each code those that are directly above it. */
    private static Map<String, List<String>> parents(CodeSystem system) {
        Map<String, List<String>> parents = new LinkedHashMap<>();
        system.getConcept().forEach(concept -> add(concept, List.of(), parents));
        return parents;
    }

    private static void add(ConceptDefinitionComponent concept, List<String> above, Map<String, List<String>> parents) {
        parents.merge(concept.getCode(), above, (one, other) -> {
            List<String> both = new ArrayList<>(one);
            both.addAll(other);
            return both;
        });
        concept.getConcept().forEach(child -> add(child, List.of(concept.getCode()), parents));
    }

    private static CodeSet codes(String system, Set<String> codes) {
        return new CodeSet(
                Set.of(), codes.stream().map(code -> new Coding(system, code)).collect(Collectors.toSet()));
    }
}
