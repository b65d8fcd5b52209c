package org.carelog.fhir.search;

import java.util.List;
import org.carelog.fhir.Compartment;
import org.carelog.fhir.HostedType;
import org.carelog.fhir.HostedTypes;

/** What the three services declare between them. */
final class TypesUnderTest {
    static final String BASE = "https://care.example/fhir";

    static final SearchableTypes TYPES = of(
            type(
                    "Patient",
                    List.of(
                            "identifier",
                            "name",
                            "family",
                            "given",
                            "birthdate",
                            "gender",
                            "active",
                            "phone",
                            "email",
                            "telecom",
                            "address",
                            "address-city",
                            "address-country",
                            "address-postalcode",
                            "address-state",
                            "address-use",
                            "general-practitioner",
                            "organization",
                            "link",
                            "deceased",
                            "death-date",
                            "language",
                            "_source")),
            type(
                    "Encounter",
                    List.of(
                            "patient",
                            "subject",
                            "date",
                            "status",
                            "class",
                            "identifier",
                            "type",
                            "participant",
                            "participant-type",
                            "practitioner",
                            "service-provider",
                            "location",
                            "location-period",
                            "part-of",
                            "episode-of-care",
                            "based-on",
                            "diagnosis",
                            "reason-code",
                            "reason-reference",
                            "appointment",
                            "account",
                            "special-arrangement")),
            type(
                    "AuditEvent",
                    List.of(
                            "patient",
                            "agent",
                            "agent-name",
                            "agent-role",
                            "altid",
                            "date",
                            "action",
                            "outcome",
                            "entity",
                            "entity-name",
                            "entity-role",
                            "entity-type",
                            "type",
                            "subtype",
                            "source",
                            "site",
                            "address")));

    private TypesUnderTest() {}

    static SearchableTypes of(HostedType... types) {
        return new SearchableTypes(new HostedTypes(List.of(types)), BASE);
    }

    static HostedType type(String name, List<String> parameters) {
        return new HostedType(
                name,
                HostedType.Hosting.OWNED,
                HostedType.Domain.CARE,
                new Compartment.Outside(),
                parameters,
                List.of());
    }
}
