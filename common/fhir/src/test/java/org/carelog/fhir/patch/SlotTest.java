package org.carelog.fhir.patch;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.BaseRuntimeChildDefinition;
import ca.uhn.fhir.context.BaseRuntimeElementCompositeDefinition;
import ca.uhn.fhir.context.BaseRuntimeElementDefinition;
import ca.uhn.fhir.context.RuntimeChildExtension;
import ca.uhn.fhir.context.RuntimePrimitiveDatatypeDefinition;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.carelog.fhir.FhirJson;
import org.hl7.fhir.instance.model.api.IBase;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SlotTest {
    @ParameterizedTest
    @MethodSource("types")
    void everyElementOfEveryTypeTakesWhatR4SaysAndGivesItBack(String type) {
        check(FhirJson.context().getResourceDefinition(type), new HashSet<>());
    }

    static Stream<String> types() {
        return Stream.of(
                "Patient",
                "Encounter",
                "Observation",
                "MedicationRequest",
                "Claim",
                "Bundle",
                "Questionnaire",
                "List",
                "Provenance",
                "AuditEvent",
                "DiagnosticReport");
    }

    private static void check(BaseRuntimeElementCompositeDefinition<?> definition, Set<Object> seen) {
        if (!seen.add(definition)) {
            return;
        }
        for (BaseRuntimeChildDefinition child : definition.getChildren()) {
            if (child instanceof RuntimeChildExtension) {
                continue; // a list that every element has
            }
            for (String name : child.getValidChildNames()) {
                BaseRuntimeElementDefinition<?> element = child.getChildByName(name);
                if (element instanceof RuntimePrimitiveDatatypeDefinition
                        || element instanceof BaseRuntimeElementCompositeDefinition<?> inner
                                && !java.lang.reflect.Modifier.isAbstract(
                                        inner.getImplementingClass().getModifiers())) {
                    takes(definition.newInstance(), child, element);
                }
                if (element instanceof BaseRuntimeElementCompositeDefinition<?> inner
                        && !java.lang.reflect.Modifier.isAbstract(
                                inner.getImplementingClass().getModifiers())) {
                    check(inner, seen);
                }
            }
        }
    }

    private static void takes(IBase parent, BaseRuntimeChildDefinition child, BaseRuntimeElementDefinition<?> element) {
        // Given
        Slot slot = Slot.of(parent, child.getElementName().replace("[x]", "")).orElseThrow();
        IBase value = (child.getInstanceConstructorArguments() == null
                ? element.newInstance()
                : element.newInstance(child.getInstanceConstructorArguments()));

        // When
        slot.set(slot.repeats() ? List.of(value, value) : List.of(value));

        // Then
        assertThat(slot.values()).as("%s.%s", parent, child.getElementName()).hasSize(slot.repeats() ? 2 : 1);
        slot.set(List.of());
        assertThat(slot.values()).isEmpty();
    }
}
