package org.carelog.audit;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.hl7.fhir.r4.model.AuditEvent;
import org.hl7.fhir.r4.model.AuditEvent.AuditEventAgentComponent;
import org.hl7.fhir.r4.model.AuditEvent.AuditEventEntityComponent;
import org.hl7.fhir.r4.model.CanonicalType;
import org.hl7.fhir.r4.model.Coding;

/**
 * What the profiles of BALP 1.1 ask for, written down from their pages and sharing nothing with the code that makes the
 * events. It stands in for the profiles' own package, which no registry has that this build may use.
 *
 * @see <a href="https://profiles.ihe.net/ITI/BALP/artifacts.html">BALP 1.1, artifacts</a>
 */
public final class BalpProfile {
    private static final String BASE = "https://profiles.ihe.net/ITI/BALP/StructureDefinition/IHE.BasicAudit.";
    private static final String DCM = "http://dicom.nema.org/resources/ontology/DCM";
    private static final String PARTICIPATION = "http://terminology.hl7.org/CodeSystem/v3-ParticipationType";
    private static final String INTERACTION = "http://hl7.org/fhir/restful-interaction";
    private static final String ENTITY_TYPE = "http://terminology.hl7.org/CodeSystem/audit-entity-type";
    private static final String ENTITY_ROLE = "http://terminology.hl7.org/CodeSystem/object-role";
    private static final String TOKEN_USER = "https://profiles.ihe.net/ITI/BALP/CodeSystem/UserAgentTypes";
    private static final String TRANSACTION = "https://profiles.ihe.net/ITI/BALP/CodeSystem/BasicAuditEntityType";

    private final AuditEvent event;
    private final List<String> faults = new ArrayList<>();

    private BalpProfile(AuditEvent event) {
        this.event = event;
    }

    /** BALP's profiles that the event claims, such as {@code PatientRead}. */
    public static List<String> claimedBy(AuditEvent event) {
        return event.getMeta().getProfile().stream()
                .map(CanonicalType::getValue)
                .filter(profile -> profile.startsWith(BASE))
                .map(profile -> profile.substring(BASE.length()))
                .toList();
    }

    /** Where the event does not keep the profiles that it claims. */
    public static List<String> faults(AuditEvent event) {
        BalpProfile profile = new BalpProfile(event);
        for (String claimed : claimedBy(event)) {
            if (claimed.equals("OAUTHaccessTokenUse.Minimal")) {
                profile.token();
            } else {
                profile.check(claimed.replaceFirst("^Patient", ""), claimed.startsWith("Patient"));
            }
        }
        return profile.faults;
    }

    private void token() {
        List<AuditEventAgentComponent> users = event.getAgent().stream()
                .filter(agent -> agent.getType().getCoding().stream()
                        .anyMatch(
                                type -> TOKEN_USER.equals(type.getSystem()) && "UserOauthAgent".equals(type.getCode())))
                .toList();
        require(!users.isEmpty(), "a user by a token");
        for (AuditEventAgentComponent user : users) {
            require(user.getRequestor() && !user.hasMedia() && !user.hasNetwork(), "user by a token");
            require(
                    user.getPolicy().size() == 1
                            && user.getPolicy().getFirst().getValue().matches("urn:ietf:params:oauth:jti:\\S+"),
                    "id of the token");
        }
    }

    private void check(String interaction, boolean patient) {
        require(
                isCoding(
                        event.getType(),
                        "http://terminology.hl7.org/CodeSystem/audit-event-type",
                        "rest",
                        "Restful Operation"),
                "type");
        require(event.hasRecorded(), "recorded");
        require("0".equals(event.getOutcome().toCode()), "outcome");
        require(event.getSource().hasObserver(), "source.observer");
        switch (interaction) {
            case "Read" -> {
                interaction("R", Set.of("read", "vread"));
                agents(client("110152", "Destination Role ID"), client("110153", "Source Role ID"), Set.of("IRCP"));
            }
            case "Create" -> {
                interaction("C", Set.of("create"));
                agents(client("110153", "Source Role ID"), client("110152", "Destination Role ID"), AUTHORS);
            }
            case "Update" -> {
                interaction("U", Set.of("update", "patch"));
                agents(client("110153", "Source Role ID"), client("110152", "Destination Role ID"), AUTHORS);
            }
            case "Delete" -> {
                interaction("D", Set.of("delete"));
                agents(
                        client("110150", "Application"),
                        new Coding(
                                "http://terminology.hl7.org/CodeSystem/provenance-participant-type",
                                "custodian",
                                "Custodian"),
                        AUTHORS);
            }
            case "Query" -> {
                interaction("E", Set.of("search", "search-type", "search-system"));
                agents(client("110153", "Source Role ID"), client("110152", "Destination Role ID"), Set.of("IRCP"));
            }
            default -> faults.add("no such profile: " + interaction);
        }
        entities(interaction.equals("Query"));
        patient(patient);
    }

    private static final Set<String> AUTHORS = Set.of("AUT", "INF", "CST");

    private static Coding client(String code, String display) {
        return new Coding(DCM, code, display);
    }

    private void interaction(String action, Set<String> codes) {
        require(action.equals(event.getAction().toCode()), "action");
        require(
                event.getSubtype().stream()
                        .anyMatch(subtype -> codes.contains(subtype.getCode())
                                && isCoding(subtype, INTERACTION, subtype.getCode(), subtype.getCode())),
                "subtype");
    }

    private void agents(Coding client, Coding server, Set<String> userTypes) {
        require(event.getAgent().stream().allMatch(AuditEventAgentComponent::hasRequestor), "agent.requestor");
        for (Coding machine : List.of(client, server)) {
            List<AuditEventAgentComponent> agents = event.getAgent().stream()
                    .filter(agent -> agent.getType().getCoding().stream()
                            .anyMatch(type ->
                                    isCoding(type, machine.getSystem(), machine.getCode(), machine.getDisplay())))
                    .toList();
            require(agents.size() == 1, "one agent " + machine.getCode());
            for (AuditEventAgentComponent agent : agents) {
                require(agent.hasWho() && agent.hasNetwork() && !agent.hasMedia(), "agent " + machine.getCode());
            }
        }
        List<AuditEventAgentComponent> users = event.getAgent().stream()
                .filter(agent -> agent.getType().getCoding().stream()
                        .anyMatch(type -> type.getSystem().equals(PARTICIPATION) && userTypes.contains(type.getCode())))
                .toList();
        require(users.size() <= 1, "one user");
        require(users.size() + 2 == event.getAgent().size(), "a further agent");
        for (AuditEventAgentComponent user : users) {
            require(user.hasWho() && user.getRequestor() && !user.hasMedia() && !user.hasNetwork(), "user");
        }
    }

    private void entities(boolean query) {
        List<AuditEventEntityComponent> objects = ofType(ENTITY_TYPE, "2", "System Object");
        require(objects.size() == 1, "one system object");
        for (AuditEventEntityComponent object : objects) {
            if (query) {
                require(isCoding(object.getRole(), ENTITY_ROLE, "24", "Query"), "role of the query");
                require(object.hasQuery() && !object.hasWhat(), "query");
                require(!object.hasLifecycle() && !object.hasDetail() && !object.hasName(), "more of the query");
            } else {
                require(
                        object.getRole().getSystem().equals(ENTITY_ROLE)
                                && Set.of("4", "3", "20")
                                        .contains(object.getRole().getCode()),
                        "role of the data");
                require(object.getWhat().hasReference(), "what of the data");
            }
        }
        List<AuditEventEntityComponent> transactions = event.getEntity().stream()
                .filter(entity -> TRANSACTION.equals(entity.getType().getSystem()))
                .toList();
        require(transactions.size() <= 1, "one transaction");
        for (AuditEventEntityComponent transaction : transactions) {
            require("XrequestId".equals(transaction.getType().getCode()), "type of the transaction");
            require(transaction.getWhat().getIdentifier().hasValue(), "id of the transaction");
        }
    }

    private void patient(boolean patient) {
        List<AuditEventEntityComponent> patients = ofType(ENTITY_TYPE, "1", "Person");
        require(patients.size() == (patient ? 1 : 0), "as many patients as the profile says");
        for (AuditEventEntityComponent entity : patients) {
            require(isCoding(entity.getRole(), ENTITY_ROLE, "1", "Patient"), "role of the patient");
            require(entity.getWhat().getReference().matches("Patient/[A-Za-z0-9.-]{1,64}"), "what of the patient");
        }
    }

    private List<AuditEventEntityComponent> ofType(String system, String code, String display) {
        return event.getEntity().stream()
                .filter(entity -> isCoding(entity.getType(), system, code, display))
                .toList();
    }

    private static boolean isCoding(Coding coding, String system, String code, String display) {
        return system.equals(coding.getSystem())
                && code.equals(coding.getCode())
                && display.equals(coding.getDisplay());
    }

    private void require(boolean kept, String what) {
        if (!kept) {
            faults.add(what);
        }
    }
}
