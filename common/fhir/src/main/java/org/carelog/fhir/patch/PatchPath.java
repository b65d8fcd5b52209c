package org.carelog.fhir.patch;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.carelog.fhir.patch.PathOperation.Place;
import org.hl7.fhir.instance.model.api.IBase;
import org.hl7.fhir.r4.fhirpath.ExpressionNode;
import org.hl7.fhir.r4.fhirpath.ExpressionNode.Function;
import org.hl7.fhir.r4.fhirpath.ExpressionNode.Kind;
import org.hl7.fhir.r4.fhirpath.FHIRPathEngine;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.Resource;

/**
 * A FHIRPath that selects elements of the resource: names, and what chooses among those of a name.
 *
 * @param engine of this patch: it is not thread-safe
 * @param text the path without its literals, which may be values of the record
 * @param whole all of it
 * @param owners the part before the last name; null: the resource itself
 * @param name the last name; null: the path is the resource
 * @param chooses whether something after the last name chooses among the elements
 */
record PatchPath(
        FHIRPathEngine engine, String text, ExpressionNode whole, ExpressionNode owners, String name, boolean chooses) {
    private static final int MAX_LENGTH = 1000;
    private static final int MAX_BRACKETS = 100;

    /** The path is well-formed, and asks for what an element does not have: a day that is none, one of several. */
    static final class Unanswerable extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Unanswerable() {
            super("the path cannot be evaluated", null, false, false);
        }
    }

    /** @param number of the operation, for refusals */
    static PatchPath parse(FHIRPathEngine engine, int number, String path) {
        if (path.length() > MAX_LENGTH) {
            throw FhirPathPatch.malformed(
                    "Operation %d: a path has at most %d characters".formatted(number, MAX_LENGTH));
        }
        if (path.chars()
                        .filter(character -> character == '(' || character == '[')
                        .count()
                > MAX_BRACKETS) {
            throw FhirPathPatch.malformed(
                    "Operation %d: a path has at most %d brackets".formatted(number, MAX_BRACKETS));
        }
        ExpressionNode whole = expression(engine, number, path);
        PathRules.refusal(whole).ifPresent(reason -> {
            throw FhirPathPatch.malformed("Operation %d: %s".formatted(number, reason));
        });
        List<ExpressionNode> steps = steps(expression(engine, number, path));
        int last = steps.size() - 1;
        while (last > 0 && !names(steps.get(last))) {
            last--;
        }
        ExpressionNode naming = steps.get(last);
        if (last > 0) {
            steps.get(last - 1).setInner(null);
        }
        boolean isExtension = naming.getKind() == Kind.Function;
        boolean isResource = last == 0
                && !isExtension
                && Character.isUpperCase(naming.getName().charAt(0));
        return new PatchPath(
                engine,
                withoutLiterals(path),
                whole,
                last > 0 ? steps.getFirst() : null,
                isResource ? null : isExtension ? "extension" : naming.getName(),
                isExtension || last < steps.size() - 1);
    }

    private static ExpressionNode expression(FHIRPathEngine engine, int number, String path) {
        try {
            return engine.parse(path);
        } catch (RuntimeException e) {
            // HAPI's parser runs beyond the end of some paths; and what it says may quote them
            throw FhirPathPatch.malformed("Operation %d: the path is no FHIRPath".formatted(number));
        }
    }

    private static List<ExpressionNode> steps(ExpressionNode path) {
        List<ExpressionNode> steps = new ArrayList<>();
        for (ExpressionNode step = path; step != null; step = step.getInner()) {
            steps.add(step);
        }
        return steps;
    }

    private static boolean names(ExpressionNode step) {
        return step.getKind() == Kind.Name || step.getFunction() == Function.Extension;
    }

    private static String withoutLiterals(String path) {
        return path.replaceAll("'(?:\\\\.|[^'\\\\])*+'", "'…'").replaceAll("@[0-9TZ:.+\\-]+", "@…");
    }

    /** What the path selects. */
    List<Base> select(Resource resource) {
        return evaluate(resource, whole);
    }

    /** Where elements of the last name stand or could stand; none when the path chooses among them. */
    List<Slot> slots(Resource resource) {
        return chooses ? List.of() : namedSlots(resource);
    }

    /** The selected elements, each in its slot. */
    List<Place> places(Resource resource) {
        Set<Base> chosen = Collections.newSetFromMap(new IdentityHashMap<>());
        if (chooses) {
            chosen.addAll(select(resource));
        }
        List<Place> places = new ArrayList<>();
        for (Slot slot : namedSlots(resource)) {
            List<IBase> values = slot.values();
            for (int i = 0; i < values.size(); i++) {
                if (!chooses || chosen.contains(values.get(i))) {
                    places.add(new Place(slot, i));
                }
            }
        }
        return places;
    }

    private List<Slot> namedSlots(Resource resource) {
        List<Base> parents = owners == null ? List.of(resource) : evaluate(resource, owners);
        return name == null
                ? List.of()
                : parents.stream()
                        .flatMap(parent -> Slot.of(parent, name).stream())
                        .toList();
    }

    private List<Base> evaluate(Resource resource, ExpressionNode expression) {
        try {
            return engine.evaluate(null, resource, resource, (Base) resource, expression);
        } catch (RuntimeException e) {
            // HAPI has as many of them as it has functions; and what they say may quote the record
            throw new Unanswerable();
        }
    }
}
