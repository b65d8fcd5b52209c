package org.carelog.fhir.search;

import java.util.Arrays;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.Reference;

/** One step from an element to those that follow it. */
sealed interface PathStep {
    Stream<Base> from(Base element);

    /** {@code .name}, of a choice element too. */
    record Child(String name) implements PathStep {
        @Override
        public Stream<Base> from(Base element) {
            Base[] children = element.getProperty(name.hashCode(), name, false);
            return children == null ? Stream.empty() : Arrays.stream(children);
        }
    }

    /** {@code as Type}. */
    record OfType(String datatype) implements PathStep {
        @Override
        public Stream<Base> from(Base element) {
            return element.fhirType().equals(datatype) ? Stream.of(element) : Stream.empty();
        }
    }

    /** {@code .where(name='value')}. */
    record WhereChildIs(Child child, String value) implements PathStep {
        @Override
        public Stream<Base> from(Base element) {
            return child.from(element).anyMatch(found -> value.equals(found.primitiveValue()))
                    ? Stream.of(element)
                    : Stream.empty();
        }
    }

    /** {@code .where(resolve() is Type)}: told from the reference itself, nothing is resolved. */
    record WhereRefersTo(String type) implements PathStep {
        @Override
        public Stream<Base> from(Base element) {
            return element instanceof Reference reference && type.equals(ReferenceTarget.typeOf(reference))
                    ? Stream.of(element)
                    : Stream.empty();
        }
    }
}
