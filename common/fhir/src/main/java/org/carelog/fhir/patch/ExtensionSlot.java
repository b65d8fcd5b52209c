package org.carelog.fhir.patch;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hl7.fhir.instance.model.api.IBase;
import org.hl7.fhir.instance.model.api.IBaseExtension;
import org.hl7.fhir.r4.model.Extension;

/** The extensions of an element, which a primitive has too. */
record ExtensionSlot(List<? extends IBaseExtension<?, ?>> live) implements Slot {
    @Override
    public boolean repeats() {
        return true;
    }

    @Override
    public List<IBase> values() {
        return new ArrayList<>(live);
    }

    @Override
    @SuppressWarnings("unchecked")
    public void set(List<IBase> values) {
        List<IBase> extensions = (List<IBase>) (List<?>) live;
        extensions.clear();
        extensions.addAll(values);
    }

    @Override
    public Optional<IBase> fitting(PatchValue value) {
        return switch (value) {
            case PatchValue.Whole(Extension extension) -> Optional.of(extension.copy());
            case PatchValue.Whole _ -> Optional.empty();
            case PatchValue.Parts parts -> ChildSlot.assembled(new Extension(), parts);
        };
    }
}
