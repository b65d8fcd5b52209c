package org.carelog.testing.house;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.EvaluationResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Holds a module against the rules of the house. Each module has a test that calls these, so that whoever breaks a rule
 * learns it there, and why the rule is.
 */
public final class House {
    private House() {}

    /** What the module's rooms may touch, and what all code does or leaves. The working directory is the module's. */
    public static void check() {
        check(module("target/classes"), rules());
    }

    /** What tests do or leave. */
    public static void checkTests() {
        check(module("target/test-classes"), TestHabits.RULES);
    }

    static List<ArchRule> rules() {
        List<ArchRule> rules = new ArrayList<>(Rooms.RULES);
        rules.addAll(Habits.RULES);
        return rules;
    }

    static void check(JavaClasses classes, List<ArchRule> rules) {
        List<String> broken = rules.stream()
                .map(rule -> rule.allowEmptyShould(true).evaluate(classes))
                .filter(EvaluationResult::hasViolation)
                .map(result -> result.getFailureReport().toString())
                .toList();
        if (!broken.isEmpty()) {
            throw new AssertionError(String.join("\n", broken));
        }
    }

    private static JavaClasses module(String directory) {
        Path classes = Path.of(directory);
        if (Files.notExists(classes)) {
            throw new IllegalStateException("no compiled module here: " + classes.toAbsolutePath());
        }
        return new ClassFileImporter().importPaths(Set.of(classes));
    }
}
