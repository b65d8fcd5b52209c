package org.carelog.validation;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.carelog.fhir.search.CodeSet;
import org.carelog.fhir.search.CodeSet.Coding;
import org.hl7.fhir.r4.model.UriType;
import org.hl7.fhir.r4.model.ValueSet;
import org.hl7.fhir.r4.model.ValueSet.ConceptSetComponent;
import org.hl7.fhir.r4.model.ValueSet.ConceptSetFilterComponent;
import org.hl7.fhir.r4.model.ValueSet.FilterOperator;
import org.hl7.fhir.r4.model.ValueSet.ValueSetExpansionContainsComponent;

/**
 * What a value set contains, by its own words or by its expansion. Used once.
 *
 * @see <a href="https://hl7.org/fhir/R4/valueset.html#compositions">FHIR R4, value set compositions</a>
 */
final class ValueSetCodes {
    /** More would be a burden on each search that names them. */
    private static final int MOST = 10_000;

    private final Definitions definitions;
    private final DefinedCodes codes;
    private final Set<String> seen = new HashSet<>();

    ValueSetCodes(Definitions definitions, DefinedCodes codes) {
        this.definitions = definitions;
        this.codes = codes;
    }

    CodeSet of(String url) {
        if (!seen.add(url)) {
            throw new IllegalArgumentException("that value set is made of itself");
        }
        if (!(definitions.shared(DefinitionName.of(DefinitionName.VALUE_SET, url)) instanceof ValueSet valueSet)) {
            throw new IllegalArgumentException(
                    "that value set, or one that it is made of, is in none of the packages that are configured here");
        }
        CodeSet found = valueSet.hasCompose() ? composed(valueSet) : expanded(valueSet);
        if (found.codings().size() > MOST) {
            throw new IllegalArgumentException("that value set has more than %d codes".formatted(MOST));
        }
        seen.remove(url);
        return found;
    }

    private CodeSet composed(ValueSet valueSet) {
        CodeSet included = valueSet.getCompose().getInclude().stream()
                .map(this::set)
                .reduce(new CodeSet(Set.of(), Set.of()), ValueSetCodes::union);
        if (!valueSet.getCompose().hasExclude()) {
            return included;
        }
        Set<Coding> left = listed(included);
        valueSet.getCompose().getExclude().stream().map(this::set).forEach(excluded -> {
            left.removeAll(excluded.codings());
            left.removeIf(coding -> excluded.systems().contains(coding.system()));
        });
        return new CodeSet(Set.of(), left);
    }

    /** What all of its parts have: codes of a system, and other value sets. */
    private CodeSet set(ConceptSetComponent set) {
        List<CodeSet> parts =
                set.getValueSet().stream().map(UriType::getValue).map(this::of).collect(Collectors.toList());
        if (set.hasSystem()) {
            parts.addFirst(ofSystem(set));
        }
        if (parts.isEmpty()) {
            throw new IllegalArgumentException("that value set does not say which codes it has");
        }
        return parts.stream().reduce(this::intersection).orElseThrow();
    }

    private CodeSet ofSystem(ConceptSetComponent set) {
        if (set.hasConcept()) {
            return new CodeSet(
                    Set.of(),
                    set.getConcept().stream()
                            .map(concept -> new Coding(set.getSystem(), concept.getCode()))
                            .collect(Collectors.toSet()));
        }
        return set.getFilter().stream()
                .map(filter -> filtered(set.getSystem(), filter))
                .reduce(this::intersection)
                .orElseGet(() -> new CodeSet(Set.of(set.getSystem()), Set.of()));
    }

    private CodeSet filtered(String system, ConceptSetFilterComponent filter) {
        boolean isHierarchy = filter.getProperty().equals("concept");
        if (isHierarchy && filter.getOp() == FilterOperator.ISA) {
            return codes.below(new Coding(system, filter.getValue()));
        }
        if (isHierarchy && filter.getOp() == FilterOperator.DESCENDENTOF) {
            Coding top = new Coding(system, filter.getValue());
            Set<Coding> below = new HashSet<>(codes.below(top).codings());
            below.remove(top);
            return new CodeSet(Set.of(), below);
        }
        throw new IllegalArgumentException("that value set chooses codes by a property, which is not served");
    }

    private static CodeSet expanded(ValueSet valueSet) {
        if (!valueSet.hasExpansion()) {
            throw new IllegalArgumentException("that value set does not say which codes it has");
        }
        Set<Coding> codings = new HashSet<>();
        valueSet.getExpansion().getContains().forEach(contained -> add(contained, codings));
        return new CodeSet(Set.of(), codings);
    }

    private static void add(ValueSetExpansionContainsComponent contained, Set<Coding> codings) {
        if (contained.hasCode() && !contained.getAbstract()) {
            codings.add(new Coding(contained.getSystem(), contained.getCode()));
        }
        contained.getContains().forEach(inner -> add(inner, codings));
    }

    private static CodeSet union(CodeSet one, CodeSet other) {
        Set<String> systems = new HashSet<>(one.systems());
        systems.addAll(other.systems());
        Set<Coding> codings = new HashSet<>(one.codings());
        codings.addAll(other.codings());
        return new CodeSet(systems, codings);
    }

    private CodeSet intersection(CodeSet one, CodeSet other) {
        Set<Coding> both = listed(one);
        both.retainAll(listed(other));
        return new CodeSet(Set.of(), both);
    }

    /** Each code by itself, also those of whole systems. */
    private Set<Coding> listed(CodeSet set) {
        Set<Coding> listed = new HashSet<>(set.codings());
        set.systems().forEach(system -> listed.addAll(codes.all(system)));
        return listed;
    }
}
