package org.carelog.fhir.patch;

import static org.hl7.fhir.r4.fhirpath.ExpressionNode.Function.*;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.hl7.fhir.r4.fhirpath.ExpressionNode;
import org.hl7.fhir.r4.fhirpath.ExpressionNode.Function;
import org.hl7.fhir.r4.fhirpath.ExpressionNode.Kind;
import org.hl7.fhir.r4.fhirpath.ExpressionNode.Operation;
import org.hl7.fhir.r4.fhirpath.FHIRPathUtilityClasses.FHIRConstant;

/**
 * What of FHIRPath a patch may use: to select and to choose. What leaves the element at hand, repeats, or compares every
 * element with every other is not needed for that, and would let a short path work for minutes.
 */
final class PathRules {
    private static final Set<Function> SELECTING =
            EnumSet.of(Where, First, Last, Tail, Skip, Take, Single, Item, OfType, As, Extension);

    private static final Set<Function> IN_CRITERIA = EnumSet.of(
            Where,
            First,
            Last,
            Tail,
            Skip,
            Take,
            Single,
            Item,
            OfType,
            As,
            Extension,
            Is,
            Exists,
            Empty,
            Not,
            Count,
            All,
            HasValue,
            Upper,
            Lower,
            StartsWith,
            EndsWith,
            Contains,
            Length,
            Substring,
            IndexOf,
            Function.ToString);

    private PathRules() {}

    /** Why the path is refused, if it is. */
    static Optional<String> refusal(ExpressionNode path) {
        for (ExpressionNode step = path; step != null; step = step.getInner()) {
            if (step.getOperation() != null || step.getKind() != Kind.Name && step.getKind() != Kind.Function) {
                return Optional.of("a path selects elements and computes nothing");
            }
            if (step.getKind() == Kind.Function && !SELECTING.contains(step.getFunction())) {
                return Optional.of(
                        "a path selects by names, where(), first(), last(), tail(), skip(), take(), single(), "
                                + "[index], ofType(), as() and extension()");
            }
            if (parameters(step).anyMatch(parameter -> !isCriterion(parameter))) {
                return Optional.of("a criterion is about the element at hand, and without |, "
                        + "variables, and functions that repeat or match patterns");
            }
        }
        return Optional.empty();
    }

    private static boolean isCriterion(ExpressionNode node) {
        return node == null
                || (node.getKind() != Kind.Function || IN_CRITERIA.contains(node.getFunction()))
                        && !isVariable(node)
                        && (node.getOperation() != Operation.Union || isListOfLiterals(node))
                        && parameters(node).allMatch(PathRules::isCriterion)
                        && isCriterion(node.getGroup())
                        && isCriterion(node.getInner())
                        && isCriterion(node.getOpNext());
    }

    private static boolean isVariable(ExpressionNode node) {
        return node.getConstant() instanceof FHIRConstant constant
                && constant.getValue().startsWith("%");
    }

    private static boolean isListOfLiterals(ExpressionNode node) {
        return node.getKind() == Kind.Constant && node.getOpNext().getKind() == Kind.Constant;
    }

    private static Stream<ExpressionNode> parameters(ExpressionNode node) {
        return node.getParameters() == null ? Stream.empty() : node.getParameters().stream();
    }
}
