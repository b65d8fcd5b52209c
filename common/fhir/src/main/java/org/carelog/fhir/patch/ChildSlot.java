package org.carelog.fhir.patch;

import ca.uhn.fhir.context.BaseRuntimeChildDefinition;
import ca.uhn.fhir.context.BaseRuntimeElementCompositeDefinition;
import ca.uhn.fhir.context.BaseRuntimeElementDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hl7.fhir.instance.model.api.IBase;
import org.hl7.fhir.instance.model.api.IPrimitiveType;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.Element;
import org.hl7.fhir.r4.model.PrimitiveType;

/** A child as R4 defines it. */
record ChildSlot(IBase parent, BaseRuntimeChildDefinition child) implements Slot {
    @Override
    public boolean repeats() {
        return child.getMax() != 1;
    }

    @Override
    public List<IBase> values() {
        return new ArrayList<>(child.getAccessor().getValues(parent));
    }

    @Override
    public void set(List<IBase> values) {
        child.getMutator().setValue(parent, null);
        values.forEach(value -> child.getMutator().addValue(parent, value));
    }

    @Override
    public Optional<IBase> fitting(PatchValue value) {
        return switch (value) {
            case PatchValue.Whole(PrimitiveType<?> primitive) -> primitive(primitive);
            case PatchValue.Whole(Base whole) ->
                child.getChildElementDefinitionByDatatype(whole.getClass()) == null
                        ? Optional.empty()
                        : Optional.of(whole.copy());
            case PatchValue.Parts parts ->
                only() instanceof BaseRuntimeElementCompositeDefinition<?> composite
                        ? assembled(composite.newInstance(), parts)
                        : Optional.empty();
        };
    }

    /** The definition of what stands here; null for a choice. */
    private BaseRuntimeElementDefinition<?> only() {
        return child.getValidChildNames().size() == 1
                ? child.getChildByName(child.getValidChildNames().iterator().next())
                : null;
    }

    private Optional<IBase> primitive(PrimitiveType<?> value) {
        BaseRuntimeElementDefinition<?> definition = only();
        // a narrative's XHTML is a primitive with a definition of another kind
        if (definition != null && IPrimitiveType.class.isAssignableFrom(definition.getImplementingClass())) {
            return PrimitiveKinds.areAlike(definition.getName(), value.fhirType())
                    ? converted(value, definition)
                    : Optional.empty();
        }
        return child.getChildElementDefinitionByDatatype(value.getClass()) == null
                ? Optional.empty()
                : Optional.of(value.copy());
    }

    /** As the element's own type, such as a code of its value set. */
    private Optional<IBase> converted(PrimitiveType<?> value, BaseRuntimeElementDefinition<?> definition) {
        Object arguments = child.getInstanceConstructorArguments();
        IBase made = arguments == null ? definition.newInstance() : definition.newInstance(arguments);
        if (!(made instanceof IPrimitiveType<?> element)) {
            return Optional.empty();
        }
        try {
            element.setValueAsString(value.getValueAsString());
        } catch (RuntimeException e) {
            return Optional.empty(); // no value of the type; the text of the exception would quote it
        }
        if (made instanceof Element base) {
            base.setId(value.getId());
            value.getExtension().forEach(extension -> base.addExtension(extension.copy()));
        }
        return Optional.of(element);
    }

    /** The element with its children put in; empty when one does not belong there. */
    static Optional<IBase> assembled(IBase element, PatchValue.Parts parts) {
        for (PatchValue.Part part : parts.parts()) {
            Optional<Slot> slot = Slot.of(element, part.name());
            Optional<IBase> fitting = slot.flatMap(found -> found.fitting(part.value()));
            if (fitting.isEmpty()) {
                return Optional.empty();
            }
            List<IBase> values = slot.get().values();
            values.add(fitting.get());
            if (values.size() > 1 && !slot.get().repeats()) {
                return Optional.empty();
            }
            slot.get().set(values);
        }
        return Optional.of(element);
    }
}
