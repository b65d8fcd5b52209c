package org.carelog.fhir.patch;

import ca.uhn.fhir.context.BaseRuntimeChildDefinition;
import ca.uhn.fhir.context.BaseRuntimeElementCompositeDefinition;
import ca.uhn.fhir.context.BaseRuntimeElementDefinition;
import java.util.List;
import java.util.Optional;
import org.carelog.fhir.FhirJson;
import org.hl7.fhir.instance.model.api.IBase;
import org.hl7.fhir.instance.model.api.IBaseHasExtensions;
import org.hl7.fhir.instance.model.api.IBaseHasModifierExtensions;

/** Where an element of one name stands in its parent, or could: a list, of at most one where it does not repeat. */
sealed interface Slot permits ChildSlot, ExtensionSlot {
    boolean repeats();

    /** A copy, which may be changed. */
    List<IBase> values();

    void set(List<IBase> values);

    /** The value as an element that may stand here, if there is one. */
    Optional<IBase> fitting(PatchValue value);

    /** Empty where the parent has no such element. A choice has its name without a type, as in FHIRPath. */
    static Optional<Slot> of(IBase parent, String name) {
        if (name.equals("extension") && parent instanceof IBaseHasExtensions extended) {
            return Optional.of(new ExtensionSlot(extended.getExtension()));
        }
        if (name.equals("modifierExtension") && parent instanceof IBaseHasModifierExtensions extended) {
            return Optional.of(new ExtensionSlot(extended.getModifierExtension()));
        }
        BaseRuntimeElementDefinition<?> definition = FhirJson.context().getElementDefinition(parent.getClass());
        return definition instanceof BaseRuntimeElementCompositeDefinition<?> composite
                ? composite.getChildren().stream()
                        .filter(child -> name.equals(name(child)))
                        .findFirst()
                        .map(child -> new ChildSlot(parent, child))
                : Optional.empty();
    }

    private static String name(BaseRuntimeChildDefinition child) {
        return child.getElementName().replace("[x]", "");
    }
}
