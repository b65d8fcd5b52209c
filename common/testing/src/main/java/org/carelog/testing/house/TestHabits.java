package org.carelog.testing.house;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;

/** What tests do, or leave. */
final class TestHabits {
    static final List<ArchRule> RULES = List.of(
            noClasses()
                    .should()
                    .callMethodWhere(DescribedPredicate.describe(
                            "Thread.sleep",
                            call -> call.getTarget().getOwner().isEquivalentTo(Thread.class)
                                    && call.getTarget().getName().equals("sleep")))
                    .because("a test waits for a condition: neither too long nor not long enough"),
            noClasses()
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage("org.mockito..", "io.quarkus.test.junit.mockito..", "org.testcontainers..")
                    .because("tests run on real servers, and a small fake is read more easily than a mock is taught"),
            noClasses()
                    .should()
                    .beAnnotatedWith("org.junit.jupiter.api.Disabled")
                    .because("a test that does not run says nothing"),
            noMethods()
                    .should()
                    .beAnnotatedWith("org.junit.jupiter.api.Disabled")
                    .because("a test that does not run says nothing"),
            methods()
                    .that()
                    .areAnnotatedWith("org.junit.jupiter.api.Test")
                    .should()
                    .haveNameMatching("[a-z][A-Za-z0-9]*")
                    .because("a test is named by a sentence"));

    private TestHabits() {}
}
