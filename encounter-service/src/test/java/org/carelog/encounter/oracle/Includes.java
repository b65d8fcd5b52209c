package org.carelog.encounter.oracle;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Everything that {@code _include} and {@code _revinclude} may say. */
final class Includes {
    private final Definitions definitions;

    Includes(Definitions definitions) {
        this.definitions = definitions;
    }

    /** @param type that is searched */
    List<Query.Include> of(String type) {
        List<Query.Include> found = new ArrayList<>();
        for (boolean iterates : new boolean[] {false, true}) {
            found.addAll(of(
                    false, iterates, reference -> iterates || reference.type().equals(type)));
            found.addAll(of(true, iterates, reference -> iterates || reference.canTarget(type)));
        }
        found.removeIf(include -> include.reversed()
                && !include.iterates()
                && !include.target().isEmpty()
                && !include.target().equals(type));
        return found;
    }

    private List<Query.Include> of(boolean reversed, boolean iterates, Predicate<Parameter> possible) {
        List<Parameter> references = definitions.types().stream()
                .flatMap(type -> definitions.of(type).stream())
                .filter(Parameter::isReference)
                .filter(possible)
                .toList();
        List<Query.Include> found = new ArrayList<>();
        if (!references.isEmpty()) {
            found.add(new Query.Include("*", references, "", reversed, iterates));
        }
        for (Parameter reference : references) {
            List<Parameter> only = List.of(reference);
            found.add(new Query.Include(reference.toString(), only, "", reversed, iterates));
            targets(reference)
                    .map(target -> new Query.Include(reference + ":" + target, only, target, reversed, iterates))
                    .forEach(found::add);
        }
        return found;
    }

    private Stream<String> targets(Parameter reference) {
        return definitions.types().stream().filter(reference::canTarget).limit(3);
    }
}
