package org.carelog.fhir.search;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.carelog.fhir.definition.ElementDefinition;
import org.carelog.fhir.definition.TypeDefinition;

/** Compiles one expression against the definition of its resource type. Used once. */
final class PathCompiler {
    private static final Pattern EXISTS_AND_NOT_FALSE = Pattern.compile("([\\w.]+)\\.exists\\(\\) and \\1 != false");
    private static final Pattern PARENTHESISED_AS = Pattern.compile("\\(([\\w.]+) as (\\w+)\\)(.*)");
    private static final Pattern AS = Pattern.compile("([\\w.]+) as (\\w+)()");
    private static final Pattern STEP = Pattern.compile("\\.(?:"
            + "where\\(resolve\\(\\) is (?<target>\\w+)\\)"
            + "|where\\((?<child>\\w+) ?= ?'(?<value>[^']*)'\\)"
            + "|as\\((?<as>\\w+)\\)"
            + "|(?<name>\\w+)(?![\\w(]))");

    private static final String ANY_RESOURCE = "Resource";

    private final TypeDefinition type;
    private final String expression;
    private final Set<String> datatypes = new LinkedHashSet<>();

    PathCompiler(TypeDefinition type, String expression) {
        this.type = type;
        this.expression = expression;
    }

    ElementPath compile() {
        Matcher question = EXISTS_AND_NOT_FALSE.matcher(expression.strip());
        if (question.matches()) {
            return new ElementPath(List.of(branch(question.group(1))), Set.of("boolean"), true);
        }
        List<List<PathStep>> branches = new ArrayList<>();
        for (String part : expression.split("\\|", -1)) {
            branches.add(branch(part.strip()));
        }
        return new ElementPath(List.copyOf(branches), Set.copyOf(datatypes), false);
    }

    private List<PathStep> branch(String text) {
        Matcher as = PARENTHESISED_AS.matcher(text);
        if (!as.matches()) {
            as = AS.matcher(text);
        }
        String plain = as.matches() ? "%s.as(%s)%s".formatted(as.group(1), as.group(2), as.group(3)) : text;
        String root = Stream.of(type.name(), ANY_RESOURCE)
                .filter(name -> plain.startsWith(name + "."))
                .findFirst()
                .orElseThrow(this::notUnderstood);
        List<PathStep> steps = new ArrayList<>();
        Set<TypeDefinition> reached = Set.of(type);
        Matcher step = STEP.matcher(plain).region(root.length(), plain.length());
        while (step.lookingAt()) {
            PathStep next = step(step);
            reached = follow(next, reached);
            steps.add(next);
            step.region(step.end(), plain.length());
        }
        if (step.regionStart() != plain.length()) {
            throw notUnderstood();
        }
        reached.forEach(definition -> datatypes.add(definition.name()));
        return List.copyOf(steps);
    }

    private static PathStep step(Matcher step) {
        if (step.group("target") != null) {
            return new PathStep.WhereRefersTo(step.group("target"));
        }
        if (step.group("child") != null) {
            return new PathStep.WhereChildIs(new PathStep.Child(step.group("child")), step.group("value"));
        }
        if (step.group("as") != null) {
            return new PathStep.OfType(step.group("as"));
        }
        return new PathStep.Child(step.group("name"));
    }

    private Set<TypeDefinition> follow(PathStep step, Set<TypeDefinition> from) {
        Set<TypeDefinition> next = switch (step) {
            case PathStep.Child child -> children(from, child);
            case PathStep.OfType of ->
                from.stream()
                        .filter(definition -> definition.name().equals(of.datatype()))
                        .collect(Collectors.toSet());
            case PathStep.WhereChildIs where -> children(from, where.child()).isEmpty() ? Set.of() : from;
            case PathStep.WhereRefersTo _ ->
                from.stream()
                        .filter(definition -> definition.name().equals("Reference"))
                        .collect(Collectors.toSet());
        };
        if (next.isEmpty()) {
            throw notUnderstood();
        }
        return next;
    }

    private static Set<TypeDefinition> children(Set<TypeDefinition> from, PathStep.Child child) {
        return from.stream()
                .flatMap(type -> child.forms(type).stream())
                .map(ElementDefinition::type)
                .collect(Collectors.toSet());
    }

    private IllegalArgumentException notUnderstood() {
        return new IllegalArgumentException(
                "the path '%s' of %s is of a form that is not understood".formatted(expression, type.name()));
    }
}
