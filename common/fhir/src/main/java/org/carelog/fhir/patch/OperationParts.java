package org.carelog.fhir.patch;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.carelog.fhir.FhirProblemException;
import org.hl7.fhir.r4.fhirpath.FHIRPathEngine;
import org.hl7.fhir.r4.model.IntegerType;
import org.hl7.fhir.r4.model.Parameters.ParametersParameterComponent;
import org.hl7.fhir.r4.model.PrimitiveType;
import org.hl7.fhir.r4.model.StringType;

/** Reads one {@code operation} parameter by its parts. */
final class OperationParts {
    private static final Set<String> KNOWN = Set.of("type", "path", "name", "value", "index", "source", "destination");

    private final FHIRPathEngine engine;
    private final int number;
    private final Map<String, ParametersParameterComponent> parts = new HashMap<>();

    /** @param number the operation's place in the patch, from 1 */
    OperationParts(FHIRPathEngine engine, int number, ParametersParameterComponent operation) {
        this.engine = engine;
        this.number = number;
        for (ParametersParameterComponent part : operation.getPart()) {
            if (!KNOWN.contains(part.getName()) || parts.put(part.getName(), part) != null) {
                throw malformed("its parts are type, path, name, value, index, source and destination, each once");
            }
        }
    }

    PathOperation operation() {
        return switch (text("type")) {
            case "add" -> new PathOperation.Add(number, path(), text("name"), value());
            case "insert" -> new PathOperation.Insert(number, path(), integer("index"), value());
            case "delete" -> new PathOperation.Delete(number, path());
            case "replace" -> new PathOperation.Replace(number, path(), value());
            case "move" -> new PathOperation.Move(number, path(), integer("source"), integer("destination"));
            default -> throw malformed("its type is one of add, insert, delete, replace, move");
        };
    }

    private PatchPath path() {
        return PatchPath.parse(engine, number, text("path"));
    }

    private PatchValue value() {
        return PatchValue.of(required("value"))
                .orElseThrow(() -> malformed("its value has a value[x], a resource, or parts"));
    }

    private String text(String name) {
        if (required(name).getValue() instanceof PrimitiveType<?> text
                && text instanceof StringType
                && text.hasValue()) {
            return text.getValueAsString();
        }
        throw malformed("its %s is text".formatted(name));
    }

    private int integer(String name) {
        if (required(name).getValue() instanceof IntegerType number && number.hasValue() && number.getValue() >= 0) {
            return number.getValue();
        }
        throw malformed("its %s is a whole number from 0".formatted(name));
    }

    private ParametersParameterComponent required(String name) {
        ParametersParameterComponent part = parts.get(name);
        if (part == null) {
            throw malformed("its %s is missing".formatted(name));
        }
        return part;
    }

    private FhirProblemException malformed(String diagnostics) {
        return FhirPathPatch.malformed("Operation %d: %s".formatted(number, diagnostics));
    }
}
