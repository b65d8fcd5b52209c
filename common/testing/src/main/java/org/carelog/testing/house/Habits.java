package org.carelog.testing.house;

import static com.tngtech.archunit.lang.conditions.ArchConditions.callMethodWhere;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.GeneralCodingRules.USE_JAVA_UTIL_LOGGING;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.TryCatchBlock;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.List;

/** What all of our code does, or leaves. */
final class Habits {
    private static final String COMMAND_LINE = "org.carelog.local..";
    private static final String GATEWAY = "org.carelog.gateway..";
    private static final DescribedPredicate<JavaClass> STREAM = DescribedPredicate.describe(
            "a Uni or a Multi",
            type -> type.getName().equals("io.smallrye.mutiny.Uni")
                    || type.getName().equals("io.smallrye.mutiny.Multi"));

    static final List<ArchRule> RULES = List.of(
            noClasses()
                    .should()
                    .resideInAnyPackage(
                            "..impl..", "..util..", "..utils..", "..helper..", "..helpers..", "..manager..", "..dto..")
                    .because(
                            "a package is named after what it is about; these names say nothing and gather everything"),
            noClasses()
                    .should()
                    .haveNameMatching(".*(Utils?|Helpers?|Manager|Impl|Dto|DTO)")
                    .because("what has such a name has no name yet"),
            noClasses()
                    .that()
                    .resideOutsideOfPackages(COMMAND_LINE, GATEWAY, "org.carelog.verify..", "org.carelog.witness..")
                    .should(ACCESS_STANDARD_STREAMS)
                    .orShould(printAStackTrace())
                    .because("what is told is told to the log, without anything about a person"),
            noClasses()
                    .that()
                    .resideOutsideOfPackages(COMMAND_LINE, GATEWAY, "org.carelog.testing..")
                    .should(USE_JAVA_UTIL_LOGGING)
                    .because("one way to log: org.jboss.logging"),
            noFields()
                    .should()
                    .beAnnotatedWith("jakarta.inject.Inject")
                    .orShould()
                    .beAnnotatedWith("org.eclipse.microprofile.config.inject.ConfigProperty")
                    .because(
                            "what a class needs is in its constructor: final, and given by a test without a container"),
            noClasses()
                    .should()
                    .beAnnotatedWith("jakarta.transaction.Transactional")
                    .because("who owns a transaction says so where it begins and ends"),
            noMethods()
                    .should()
                    .beAnnotatedWith("jakarta.transaction.Transactional")
                    .because("who owns a transaction says so where it begins and ends"),
            noMethods()
                    .should()
                    .haveRawReturnType(STREAM)
                    .orShould(takeAStream())
                    .because("plain blocking code on virtual threads reads as it runs; nothing here is a stream"),
            methods()
                    .that()
                    .areAnnotatedWith("org.eclipse.microprofile.reactive.messaging.Incoming")
                    .should()
                    .beAnnotatedWith("io.smallrye.reactive.messaging.annotations.Blocking")
                    .andShould()
                    .notBeAnnotatedWith("io.smallrye.common.annotation.RunOnVirtualThread")
                    .because("a channel has one thread, so that a partition's events are applied one after the other"),
            noClasses()
                    .should()
                    .dependOnClassesThat()
                    .haveNameMatching("io\\.smallrye\\.reactive\\.messaging\\.annotations\\.Merge")
                    .because("a channel has one source, whose order it keeps"),
            noClasses()
                    .that()
                    .resideOutsideOfPackages(COMMAND_LINE, "org.carelog.testing..")
                    .should(catchWhateverComes())
                    .because("what can fail is named; anything else is a bug, and is to be seen"),
            noClasses()
                    .that()
                    .resideOutsideOfPackages(COMMAND_LINE, "org.carelog.testing..")
                    .and()
                    .doNotHaveFullyQualifiedName("org.carelog.events.Backoff")
                    .should()
                    .callMethodWhere(DescribedPredicate.describe(
                            "Thread.sleep",
                            call -> call.getTarget().getOwner().isEquivalentTo(Thread.class)
                                    && call.getTarget().getName().equals("sleep")))
                    .because("a thread waits for something that can wake it"),
            noClasses()
                    .should()
                    .callMethodWhere(DescribedPredicate.describe(
                            "a timeout of the transaction manager",
                            call -> call.getTarget().getOwner().getPackageName().equals("io.quarkus.narayana.jta")
                                    && call.getTarget().getName().equals("timeout")))
                    .because("only the server can end a transaction that takes too long: Sql.limitTransaction"),
            noClasses()
                    .that()
                    .resideOutsideOfPackage("org.carelog.records.rest..")
                    .should()
                    .beAnnotatedWith("jakarta.ws.rs.Path")
                    .because("one endpoint leads every address to the gate, which authenticates, permits and records"));

    private Habits() {}

    /** Of whatever it is: whether that is a Throwable, its own class file alone would say. */
    private static ArchCondition<JavaClass> printAStackTrace() {
        return callMethodWhere(DescribedPredicate.describe(
                "printStackTrace", call -> call.getTarget().getName().equals("printStackTrace")));
    }

    private static ArchCondition<JavaMethod> takeAStream() {
        return new ArchCondition<>("take a Uni or a Multi") {
            @Override
            public void check(JavaMethod method, ConditionEvents events) {
                events.add(new SimpleConditionEvent(
                        method,
                        method.getRawParameterTypes().stream().anyMatch(STREAM),
                        method.getDescription() + " takes a Uni or a Multi"));
            }
        };
    }

    /** Throwable is what the compiler itself catches, to close a resource for instance, and throws again. */
    private static ArchCondition<JavaClass> catchWhateverComes() {
        return new ArchCondition<>("catch Exception") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                type.getCodeUnits().stream()
                        .flatMap(unit -> unit.getTryCatchBlocks().stream())
                        .forEach(block -> events.add(new SimpleConditionEvent(
                                type,
                                catchesException(block),
                                "%s catches Exception in %s"
                                        .formatted(type.getName(), block.getSourceCodeLocation()))));
            }
        };
    }

    private static boolean catchesException(TryCatchBlock block) {
        return block.getCaughtThrowables().stream().anyMatch(caught -> caught.isEquivalentTo(Exception.class));
    }
}
