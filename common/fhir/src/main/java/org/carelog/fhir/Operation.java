package org.carelog.fhir;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.carelog.fhir.Interaction.Action;

/**
 * The operations that the engine serves. Closed: what is declared here is routed, permitted, listed in the
 * CapabilityStatement and performed; what is not is unknown.
 *
 * @see <a href="https://hl7.org/fhir/R4/operations.html">FHIR R4, operations framework</a>
 */
public enum Operation {
    META("meta", "Resource-meta", Action.READ, EnumSet.allOf(Level.class), _ -> true),
    META_ADD("meta-add", "Resource-meta-add", Action.UPDATE, EnumSet.of(Level.INSTANCE), HostedType::isWritten),
    META_DELETE(
            "meta-delete", "Resource-meta-delete", Action.UPDATE, EnumSet.of(Level.INSTANCE), HostedType::isWritten),
    VALIDATE("validate", "Resource-validate", Action.READ, EnumSet.of(Level.TYPE, Level.INSTANCE), _ -> true),
    LASTN(
            "lastn",
            "Observation-lastn",
            Action.READ,
            EnumSet.of(Level.TYPE),
            type -> type.name().equals("Observation")),
    /** From whichever service knows the patient: each tells what it is the source of. */
    PATIENT_EVERYTHING(
            "everything",
            "Patient-everything",
            Action.READ,
            EnumSet.of(Level.INSTANCE),
            type -> type.name().equals("Patient")),
    ENCOUNTER_EVERYTHING(
            "everything",
            "Encounter-everything",
            Action.READ,
            EnumSet.of(Level.INSTANCE),
            type -> type.name().equals("Encounter") && type.isWritten()),
    /** Where the links of the two lead: at a type of the service whose part it is, so that whoever routes by type finds it. */
    EVERYTHING_PART(
            "everything-part", null, Action.READ, EnumSet.of(Level.TYPE), type -> type.isWritten() && !type.isShared()),
    /** The events that a projection could not apply; this and the next two are an administrator's. */
    PARKED("parked", null, Action.READ, EnumSet.of(Level.SYSTEM), _ -> true),
    PARKED_REDRIVE("parked-redrive", null, Action.UPDATE, EnumSet.of(Level.SYSTEM), _ -> true),
    PARKED_DISCARD("parked-discard", null, Action.DELETE, EnumSet.of(Level.SYSTEM), _ -> true),
    /** How far the copies of what others own are rebuilt, and that they shall be; an administrator's as well. */
    REBUILDS("rebuilds", null, Action.READ, EnumSet.of(Level.SYSTEM), _ -> true),
    REBUILD("rebuild", null, Action.UPDATE, EnumSet.of(Level.SYSTEM), _ -> true),
    /** Whether history and journal say the same, and that it shall be looked; for who may read the audit log. */
    RECONCILIATION("audit-reconciliation", null, Action.READ, EnumSet.of(Level.SYSTEM), _ -> true),
    RECONCILE("audit-reconcile", null, Action.UPDATE, EnumSet.of(Level.SYSTEM), _ -> true),
    /** A part of an export of the ledger behind the AuditEvents; this and the next are for who may read those. */
    LEDGER_EXPORT("ledger-export", null, Action.READ, EnumSet.of(Level.TYPE), Operation::isOfLedger),
    /** Whether a part of the ledger, and the AuditEvents of it, are what they were. */
    LEDGER_CHECK("ledger-check", null, Action.READ, EnumSet.of(Level.TYPE), Operation::isOfLedger),
    /** The ledger's months, and that those before a date are given up; an administrator's. */
    LEDGER_MONTHS("ledger-months", null, Action.READ, EnumSet.of(Level.SYSTEM), _ -> true),
    LEDGER_RETENTION("ledger-retention", null, Action.DELETE, EnumSet.of(Level.SYSTEM), _ -> true);

    /** What an operation is asked of. */
    public enum Level {
        SYSTEM,
        TYPE,
        INSTANCE
    }

    private static final String DEFINITIONS = "http://hl7.org/fhir/OperationDefinition/";

    private final String code;
    private final String definition;
    private final Action action;
    private final Set<Level> levels;
    private final Predicate<HostedType> types;

    Operation(String code, String definition, Action action, Set<Level> levels, Predicate<HostedType> types) {
        this.code = code;
        this.definition = definition == null ? null : DEFINITIONS + definition;
        this.action = action;
        this.levels = levels;
        this.types = types;
    }

    /** The name in the URL, without its {@code $}. */
    public String code() {
        return code;
    }

    /** The canonical URL of its OperationDefinition; null: it has none. */
    public String definition() {
        return definition;
    }

    /** What it does to a record, as permissions are given. One that reads may be asked by GET. */
    public Action action() {
        return action;
    }

    /** Whether it changes a record, and not only how the service does its work. */
    public boolean isWrite() {
        return action != Action.READ && !levels.contains(Level.SYSTEM);
    }

    /** Whether a client asks it by itself, and does not only follow links to it. */
    private boolean isListed() {
        return definition != null;
    }

    private static boolean isOfLedger(HostedType type) {
        return type.name().equals("AuditEvent") && !type.isProjected();
    }

    /** Those of the system that are listed. */
    public static List<Operation> ofSystem() {
        return at(Level.SYSTEM).filter(Operation::isListed).toList();
    }

    /** Those of the type or of its instances that are listed. */
    public static List<Operation> of(HostedType type) {
        return Stream.of(values())
                .filter(Operation::isListed)
                .filter(operation -> operation.types.test(type))
                .filter(operation -> operation.levels.contains(Level.TYPE) || operation.levels.contains(Level.INSTANCE))
                .toList();
    }

    /**
     * The operation of this name at an address.
     *
     * @param type null at the system's level
     * @throws FhirProblemException {@link FhirProblem.UnknownOperation}, which tells those that there are
     */
    public static Operation require(String code, Level level, HostedType type) {
        List<Operation> served = at(level)
                .filter(operation -> type == null || operation.types.test(type))
                .toList();
        Optional<Operation> found =
                served.stream().filter(operation -> operation.code.equals(code)).findFirst();
        return found.orElseThrow(() -> new FhirProblemException(new FhirProblem.UnknownOperation(served.stream()
                .filter(Operation::isListed)
                .map(operation -> "$" + operation.code)
                .toList())));
    }

    private static Stream<Operation> at(Level level) {
        return Stream.of(values()).filter(operation -> operation.levels.contains(level));
    }
}
