package org.carelog.testing.house;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.lang.conditions.ArchPredicates.are;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.syntax.elements.GivenClassesConjunction;
import java.util.List;

/** The rooms of {@code docs/architecture.md}: what each may touch, and never does. */
final class Rooms {
    private static final DescribedPredicate<JavaClass> DATABASE = resideInAnyPackage(
            "java.sql..", "javax.sql..", "jakarta.persistence..", "org.hibernate..", "org.postgresql..");
    private static final DescribedPredicate<JavaClass> STATEMENTS = resideInAnyPackage("org.carelog.sql..")
            .and(DescribedPredicate.not(name("org.carelog.sql.SqlFailure").or(name("org.carelog.sql.Batch"))));
    private static final DescribedPredicate<JavaClass> BROKER =
            resideInAnyPackage("org.apache.kafka..", "io.smallrye.reactive..", "org.eclipse.microprofile.reactive..");
    private static final DescribedPredicate<JavaClass> HTTP =
            resideInAnyPackage("jakarta.ws.rs..", "io.vertx..", "io.quarkus.vertx.http..", "org.jboss.resteasy..");
    private static final DescribedPredicate<JavaClass> TRANSACTIONS =
            resideInAnyPackage("jakarta.transaction..", "io.quarkus.narayana..");
    private static final DescribedPredicate<JavaClass> FHIR = resideInAnyPackage("ca.uhn..", "org.hl7..");

    static final List<ArchRule> RULES = List.of(
            in("org.carelog.records.rest..")
                    .should()
                    .dependOnClassesThat(are(DATABASE.or(STATEMENTS).or(BROKER).or(TRANSACTIONS)))
                    .because(
                            "an endpoint turns HTTP into values and back; the interaction it calls owns the transaction"),
            in("org.carelog.records.interaction..")
                    .should()
                    .dependOnClassesThat(are(HTTP.or(DATABASE).or(STATEMENTS).or(BROKER)))
                    .because("an interaction is the same whoever asks, and its tables are the store's and the index's"),
            in("org.carelog.records.store..", "org.carelog.records.index..")
                    .should()
                    .dependOnClassesThat(are(HTTP.or(BROKER)
                            .or(TRANSACTIONS)
                            .or(resideInAnyPackage(
                                    "org.carelog.records.interaction..",
                                    "org.carelog.records.rest..",
                                    "org.carelog.audit.."))))
                    .because("a store keeps what it is told, in its caller's transaction: the rules are elsewhere"),
            in("org.carelog.records.store..", "org.carelog.records.index..")
                    .should()
                    .dependOnClassesThat(are(resideInAnyPackage("org.carelog.events..")
                            .and(DescribedPredicate.not(eventsThatAStoreKnows()))))
                    .because("what is published, and when, is decided by the interaction"),
            in("org.carelog.records.reindex..")
                    .should()
                    .dependOnClassesThat(are(HTTP.or(BROKER)
                            .or(resideInAnyPackage(
                                    "org.carelog.records.interaction..",
                                    "org.carelog.records.rest..",
                                    "org.carelog.audit..",
                                    "org.carelog.events.."))))
                    .because("what is indexed anew is no other version: nobody is told, and nobody has asked"),
            in("org.carelog.records.reconciliation..")
                    .should()
                    .dependOnClassesThat(are(HTTP.or(BROKER)
                            .or(resideInAnyPackage(
                                    "org.carelog.records.interaction..",
                                    "org.carelog.records.rest..",
                                    "org.carelog.records.store..",
                                    "org.carelog.records.index..",
                                    "org.carelog.events.."))))
                    .because("who checks what was written shares nothing with who wrote it but the tables"),
            in("org.carelog.fhir..")
                    .should()
                    .dependOnClassesThat(are(HTTP.or(DATABASE)
                            .or(STATEMENTS)
                            .or(BROKER)
                            .or(TRANSACTIONS)
                            .or(resideInAnyPackage("io.quarkus..", "org.jboss.logging.."))))
                    .because("FHIR as values is pure: dozens of cases are tested in the blink of an eye"),
            in("org.carelog.validation..")
                    .should()
                    .dependOnClassesThat(are(HTTP.or(DATABASE)
                            .or(STATEMENTS)
                            .or(BROKER)
                            .or(TRANSACTIONS)
                            .or(resideInAnyPackage("org.jboss.logging.."))))
                    .because(
                            "whether a resource is valid depends on it and the definitions, and nobody hears of its values"),
            in("org.carelog.proof..")
                    .should()
                    .dependOnClassesThat(resideOutsideOfPackages(
                            "org.carelog.proof..",
                            "java.lang..",
                            "java.nio..",
                            "java.security..",
                            "java.time..",
                            "java.util.."))
                    .because("what proves the log is run by auditors, who have a JDK and no reason to trust more"),
            in("org.carelog.witness..")
                    .should()
                    .dependOnClassesThat(resideOutsideOfPackages(
                            "org.carelog.witness..", "org.carelog.proof..", "java..", "com.sun.net.httpserver.."))
                    .because(
                            "a witness is run by others than the log's operator, who have a JDK and read what they run"),
            in("org.carelog.gateway..")
                    .should()
                    .dependOnClassesThat(resideOutsideOfPackages(
                            "org.carelog.gateway..",
                            "java..",
                            "javax.xml..",
                            "org.w3c.dom..",
                            "org.xml.sax..",
                            "io.vertx..",
                            "io.netty.handler.ipfilter..",
                            "io.netty.util..",
                            "io.opentelemetry..",
                            "com.fasterxml.jackson.."))
                    .because("the gateway passes on: who may do what, and the record of it, is the services' work"),
            in("org.carelog.verify..")
                    .should()
                    .dependOnClassesThat(resideOutsideOfPackages(
                            "org.carelog.verify..",
                            "org.carelog.proof..",
                            "java.io..",
                            "java.lang..",
                            "java.math..",
                            "java.nio..",
                            "java.security..",
                            "java.time..",
                            "java.util.."))
                    .because("what an auditor runs needs no network and no database, and can be read in an hour"),
            in("org.carelog.sql..")
                    .should()
                    .dependOnClassesThat(are(FHIR.or(HTTP).or(BROKER)))
                    .because("a statement does not know what it stores"),
            in("org.carelog.access..")
                    .should()
                    .dependOnClassesThat(are(HTTP.or(DATABASE).or(STATEMENTS).or(BROKER)))
                    .because("a policy is a decision over values, and is compiled into queries elsewhere"),
            in("org.carelog.events..", "org.carelog.audit.journal..")
                    .should()
                    .dependOnClassesThat(are(FHIR.or(HTTP)))
                    .because("events and audit entries are words; a service without FHIR could use both unchanged"),
            in("org.carelog.patient..", "org.carelog.encounter..")
                    .should()
                    .dependOnClassesThat(are(HTTP.or(DATABASE)
                            .or(STATEMENTS)
                            .or(TRANSACTIONS)
                            .or(resideInAnyPackage(
                                    "org.carelog.records.store..",
                                    "org.carelog.records.index..",
                                    "org.carelog.records.rest..",
                                    "java.net.http.."))))
                    .because(
                            "a service declares its types and rules and lets the engine serve them; its projections never"
                                    + " call the service that they follow"),
            in("org.carelog.audit.ledger..")
                    .should()
                    .dependOnClassesThat(are(FHIR.or(HTTP).or(BROKER).or(TRANSACTIONS)))
                    .because(
                            "the ledger keeps bytes in its caller's transaction, whatever they mean and however they came"),
            noClasses()
                    .that()
                    .resideInAPackage("org.carelog.audit.ledger..")
                    .should(Constants.contain("(?is)\\s*(update|delete|truncate|merge)\\s.*"))
                    .because("the ledger is append-only, and its runtime role may do nothing else"),
            noClasses()
                    .that()
                    .resideInAnyPackage("org.carelog..")
                    .and()
                    .resideOutsideOfPackages(
                            "org.carelog.events..",
                            "org.carelog.audit.journal..",
                            "org.carelog.audit.checkpoint..",
                            "org.carelog.local..",
                            "org.carelog.testing..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("org.apache.kafka.clients.producer..")
                    .because("nobody sends to Kafka from a request: what is published is written with its cause, and"
                            + " carried by the relay and the shipper"),
            noClasses()
                    .that()
                    .resideInAPackage("org.carelog..")
                    .and()
                    .resideOutsideOfPackages("org.carelog.local..", "org.carelog.testing..")
                    .and()
                    .doNotHaveFullyQualifiedName("org.carelog.records.interaction.OwnerClient")
                    .and()
                    .doNotHaveFullyQualifiedName("org.carelog.records.interaction.OwnerClient$1")
                    .and()
                    .doNotHaveFullyQualifiedName("org.carelog.audit.checkpoint.Cosigning")
                    .and()
                    .doNotHaveFullyQualifiedName("org.carelog.audit.identity.RealmAdmin")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("java.net.http..")
                    .because(
                            "one class asks other services, one a witness, one Keycloak, outside of transactions, and no consumer does"));

    private Rooms() {}

    private static GivenClassesConjunction in(String... packages) {
        return noClasses().that().resideInAnyPackage(packages);
    }

    private static DescribedPredicate<JavaClass> eventsThatAStoreKnows() {
        return DescribedPredicate.describe(
                "the word for a change and what the relay reads",
                type -> type.getName().equals("org.carelog.events.Change")
                        || type.getName().startsWith("org.carelog.events.Published"));
    }
}
